// The shards of a running consumer: for each an engine, a pipeline, and what is known of it. One whose engine is away holds up
// the partitions that use it, and nobody else.
import { shardOf } from '../contracts/shard-tags.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { backoff, type Waiting } from './backoff.ts';
import { EngineUnavailable, type EngineIdentity } from './engine/engine.ts';
import { LostModels } from './engine/lost-models.ts';
import type { ShardEngine } from './engine/open-engines.ts';
import { LiveHistory, type LiveHistoryParts, type TopicTail } from './history/live-history.ts';
import type { StreamOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import { Pipeline, type PipelineDependencies } from './pipeline.ts';
import type { SourceRecord } from './source-record.ts';
import type { StreamLog } from './stream-log.ts';

/** As ProvisionMissing, of the shard `tag`. */
export type ProvisionShard = (answeredLast: string | undefined, tag: string) => Promise<readonly string[]>;

export interface ShardsParts extends Pick<PipelineDependencies, 'metrics' | 'registry'> {
  readonly engines: readonly ShardEngine[];
  readonly options: StreamOptions;
  readonly log: StreamLog;
  /** With live history. */
  readonly tail?: TopicTail | undefined;
  readonly provisionMissing?: ProvisionShard | undefined;
}

interface Shard extends ShardEngine {
  readonly lost: LostModels;
  readonly pipeline: Pipeline;
  readonly history: LiveHistory | undefined;
  readonly waiting: Waiting;
  readonly log: StreamLog;
  /** Its engine was away when it was last asked. */
  isHeldUp: boolean;
}

export class Shards {
  readonly #shards: readonly Shard[];
  /** Told, whenever a batch has to wait for its engine, which partitions wait with it. */
  onHeldUp: (isHeldUp: (partition: number) => boolean) => void = () => {};

  /** Told while the history of a partition is written again. */
  onBusy: (partition: number) => void = () => {};

  constructor(parts: ShardsParts) {
    this.#shards = parts.engines.map((engine, index) => this.#shard(engine, index, parts));
  }

  /** @throws as Pipeline.score */
  async score(partition: number, records: readonly SourceRecord[], signal: AbortSignal): Promise<readonly Outcome[]> {
    const shard = this.#of(partition);
    if (shard.isHeldUp) this.#holdUp(shardOf(partition, this.#shards.length));
    const outcomes = await shard.pipeline.score(records, signal);
    shard.isHeldUp = false;
    return outcomes;
  }

  historyOf(partition: number): LiveHistory | undefined {
    return this.#of(partition).history;
  }

  /** What a partition waits by, for its engine or for Kafka. */
  waitingOf(partition: number): Waiting {
    return this.#of(partition).waiting;
  }

  /**
   * Who would score the transactions of `partitions`; where there are none yet, those of any.
   * @returns digests of the models, parted by blanks where shards differ
   * @throws EngineUnavailable, or FraudstreamError naming what is not provisioned
   */
  async identify(partitions: readonly number[]): Promise<{ readonly modelDigest: string }> {
    const used = partitions.length === 0 ? this.#shards : [...new Set(partitions.map((one) => this.#of(one)))];
    const digests = await Promise.all(used.map((shard) => this.#digestOf(shard)));
    return { modelDigest: [...new Set(digests)].join(' ') };
  }

  /**
   * Before anything is scored: all that answer hold what they need, and at least one does answer.
   * @returns digests of the models, as `identify`
   * @throws FraudstreamError
   */
  async check(): Promise<string> {
    const checked = await Promise.all(this.#shards.map((shard) => digestOrAway(shard)));
    const away = checked.filter((one) => one instanceof EngineUnavailable);
    if (away.length === checked.length) throw notReady(away[0]!);
    this.#shards.forEach(({ log }, index) => {
      const reason = checked[index];
      if (reason instanceof EngineUnavailable)
        log.warn({ reason: reason.message }, 'the engine of this shard does not answer; its partitions wait');
    });
    return [...new Set(checked.filter((one) => typeof one === 'string'))].join(' ');
  }

  async close(): Promise<void> {
    await Promise.all(this.#shards.map(({ engine }) => engine.close()));
  }

  #of(partition: number): Shard {
    return this.#shards[shardOf(partition, this.#shards.length)]!;
  }

  #shard({ tag, engine }: ShardEngine, index: number, parts: ShardsParts): Shard {
    const { metrics, registry, provisionMissing, engines } = parts;
    const options = { ...parts.options, tag };
    const log = engines.length === 1 ? parts.log : marked(parts.log, tag);
    const lost = new LostModels(log, provisionMissing && ((answeredLast) => provisionMissing(answeredLast, tag)));
    const waiting: Waiting = {
      pause: (attempt, signal) => {
        this.#holdUp(index);
        return backoff.pause(attempt, signal);
      },
    };
    const decode: LiveHistoryParts['decode'] = (records, signal) => pipeline.decode(records, signal);
    const history = this.#history({ engine, log, decode }, options, parts.tail);
    const pipeline = new Pipeline({ engine, lost, log, metrics, registry, waiting, history }, options);
    return { tag, engine, lost, pipeline, history, waiting, log, isHeldUp: false };
  }

  #history(
    parts: Pick<LiveHistoryParts, 'engine' | 'log' | 'decode'>,
    options: StreamOptions,
    tail: TopicTail | undefined,
  ): LiveHistory | undefined {
    const { history } = options;
    if (history === undefined || tail === undefined) return undefined;
    return new LiveHistory({ ...parts, tail, busy: (partition) => this.onBusy(partition) }, { ...options, history });
  }

  #holdUp(index: number): void {
    this.#shards[index]!.isHeldUp = true;
    this.onHeldUp((partition) => shardOf(partition, this.#shards.length) === index);
  }

  async #digestOf({ tag, engine }: Shard): Promise<string> {
    try {
      return (await engine.identify()).modelDigest;
    } catch (error) {
      if (this.#shards.length === 1 || !(error instanceof EngineUnavailable)) throw error;
      throw new EngineUnavailable(`{${tag}}: ${error.message}`, error);
    }
  }
}

/** While running, the stream waits for an engine that is not ready; at the start somebody is looking. */
async function digestOrAway({ engine, lost }: Shard): Promise<string | EngineUnavailable> {
  for (;;) {
    const { times } = lost;
    try {
      const identity: EngineIdentity = await engine.identify();
      lost.answered(identity);
      return identity.modelDigest;
    } catch (error) {
      if (error instanceof EngineUnavailable) return error;
      await lost.mend(error, times);
    }
  }
}

function marked(log: StreamLog, shard: string): StreamLog {
  const mark =
    (level: keyof StreamLog): StreamLog[keyof StreamLog] =>
    (fields, message) =>
      log[level]({ shard, ...fields }, message);
  return { debug: mark('debug'), info: mark('info'), warn: mark('warn'), error: mark('error') };
}

function notReady(cause: EngineUnavailable): FraudstreamError {
  return new FraudstreamError('ENGINE_NOT_READY', `the engine does not answer as it should: ${messageOf(cause)}`, {
    next: 'start the consumer again when the engine is ready',
    exitCode: EXIT.unavailable,
    retriable: true,
    cause,
  });
}
