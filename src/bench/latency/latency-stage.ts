// What the loads of the latency bench work with: topics of their own, and the processes that a transaction passes.
import type { ChildProcess } from 'node:child_process';
import { Kafka, type KafkaConfig } from 'kafkajs';
import { BenchTopics, type StreamNames } from '../stream-names.ts';
import { PARTITIONS, type Delivery } from './latency-load.ts';

export interface StartedConsumer {
  readonly process: ChildProcess;
  /** Where it tells its metrics. */
  readonly metricsUrl: string;
}

export interface LatencyStageParts {
  readonly kafka: KafkaConfig;
  /** `fraudstream consume`, which ends when its standard input closes. */
  readonly startConsumer: (delivery: Delivery, names: StreamNames) => Promise<StartedConsumer>;
  /** `fraudstream replay` with these flags, which ends by itself and prints its report as JSON. */
  readonly startReplay: (names: StreamNames, flags: Readonly<Record<string, number>>) => ChildProcess;
}

export class LatencyStage {
  readonly parts: LatencyStageParts;
  readonly kafka: Kafka;
  readonly #topics: BenchTopics;
  #runs = 0;

  private constructor(parts: LatencyStageParts, kafka: Kafka) {
    this.parts = parts;
    this.kafka = kafka;
    this.#topics = new BenchTopics(this.kafka);
  }

  static open(parts: LatencyStageParts): LatencyStage {
    return new LatencyStage(parts, new Kafka(parts.kafka));
  }

  /** Topics that nothing was on before. */
  async freshTopics(): Promise<StreamNames> {
    this.#runs += 1;
    const names = this.#topics.names(`latency-${this.#runs}`);
    await this.#topics.create(names, PARTITIONS);
    return names;
  }

  /** Removes the topics. */
  async close(): Promise<void> {
    await this.#topics.remove();
  }
}
