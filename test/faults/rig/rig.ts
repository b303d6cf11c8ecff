// What all rows share: one Kafka and one engine, each a process that a row may kill and bring back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allOrNone } from '../../../src/local/where-it-runs.ts';
import { EngineProcess } from './engine-process.ts';
import { KafkaProcess } from './kafka-process.ts';

export interface Rig {
  readonly kafka: KafkaProcess;
  readonly engine: EngineProcess;
  /** Logs of everything that is started, and Kafka's data; kept where a row does not hold. */
  readonly folder: string;
  stop(keepLogs: boolean): Promise<void>;
}

export async function startRig(tell: (words: string) => void): Promise<Rig> {
  // Each process that is started listens, so as to end with the suite.
  process.setMaxListeners(50);
  const folder = await mkdtemp(join(tmpdir(), 'fraudstream-faults-logs-'));
  const [kafka, engine] = await allOrNone(KafkaProcess.start(tell, join(folder, 'kafka')), EngineProcess.start(folder));
  const stop = async (keepLogs: boolean): Promise<void> => {
    await engine.stop();
    await kafka.stop();
    if (!keepLogs) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  return { kafka, engine, folder, stop };
}
