// What the page may ask of the engine: what it holds for this stream, and one run at a time of a model or an entry point.
// A run is one DAG with tensors of its own: nothing of it is left in the engine, whatever becomes of the page.
import type { Redis } from 'ioredis';
import { modelKey, referencesKey, scriptKey } from '../../contracts/engine-keys.ts';
import { scrubText } from '../../core/card-numbers.ts';
import type { EngineAddress } from '../../stream/engine/engine-address.ts';
import { shardClient } from '../../stream/engine/shard-client.ts';
import type { EngineContents, EngineModel, RunRequest, RunResult } from './snapshot.ts';

export interface EngineDoorOptions extends EngineAddress {
  /** Hash tags of the shards. */
  readonly tags: readonly string[];
  readonly devices: readonly string[];
  /** Only where nobody but this machine can ask. */
  readonly mayRun: boolean;
}

const COMMAND_MS_MAX = 3_000;
const SAMPLE_KEYS = 10;
const VALUES_MAX = 512;

/** A reply as RESP 2 has it. */
type Words = readonly unknown[];

const CLIENT_OPTIONS = {
  commandTimeout: COMMAND_MS_MAX,
  connectTimeout: COMMAND_MS_MAX,
  maxRetriesPerRequest: 0,
  retryStrategy: () => null,
} as const;

export class EngineDoor {
  readonly #options: EngineDoorOptions;
  /** By hash tag. */
  readonly #clients = new Map<string, Redis>();

  constructor(options: EngineDoorOptions) {
    this.#options = options;
  }

  /** Keys that may be run. */
  get keys(): readonly string[] {
    return this.#options.tags.flatMap((tag) => this.#keysOf(tag));
  }

  #keysOf(tag: string): readonly string[] {
    return [scriptKey(tag), ...this.#options.devices.map((device) => modelKey(tag, device))];
  }

  /** Of one shard, the first unless told. @throws Error with the engine's words */
  contents(shard: string | undefined): Promise<EngineContents> {
    const { tags } = this.#options;
    const tag = tags.find((one) => one === shard) ?? tags[0]!;
    return this.#asked(tag, (redis) => this.#contents(redis, tag));
  }

  async #contents(redis: Redis, tag: string): Promise<EngineContents> {
    const { tags: shards, devices, mayRun } = this.#options;
    const references = referencesKey(tag);
    const newest = await redis.zrevrange(references, '0', String(SAMPLE_KEYS - 1));
    // They go back to the engine, and cannot be cut: one that holds a card number is no sample.
    const keys = newest.filter((key) => scrubText(key) === key);
    const [models, script, count, fields] = await Promise.all([
      Promise.all(devices.map((device) => modelOf(redis, modelKey(tag, device)))),
      scriptOf(redis, scriptKey(tag)),
      redis.zcard(references),
      keys.length === 0 ? [] : redis.hvals(keys[0]!),
    ]);
    const sample = { transaction: fields.map(Number), keys };
    return { shard: tag, shards, models, script, references: count, sample, mayRun };
  }

  /** @throws Error with the engine's words */
  run(request: RunRequest): Promise<RunResult> {
    const tag = this.#options.tags.find((one) => this.#keysOf(one).includes(request.key)) ?? this.#options.tags[0]!;
    return this.#asked(tag, (redis) => run(redis, tag, request));
  }

  close(): void {
    for (const redis of this.#clients.values()) redis.disconnect();
  }

  /** After a failure the next question begins with a new connection: in a cluster, perhaps to another node. */
  async #asked<Result>(tag: string, ask: (redis: Redis) => Promise<Result>): Promise<Result> {
    const redis = this.#clients.get(tag) ?? (await shardClient(this.#options, tag, CLIENT_OPTIONS));
    // Every question is answered with what went wrong; an event nobody hears would end the process.
    if (!this.#clients.has(tag))
      this.#clients.set(
        tag,
        redis.on('error', () => {}),
      );
    try {
      if (redis.status === 'wait') await redis.connect();
      return await ask(redis);
    } catch (error) {
      this.#clients.delete(tag);
      redis.disconnect();
      throw error;
    }
  }
}

async function run(redis: Redis, tag: string, { key, entryPoint, keys, inputs }: RunRequest): Promise<RunResult> {
  const names = inputs.map((_, index) => `input_${index}`);
  const counted = (word: string, list: readonly string[]): string[] =>
    list.length === 0 ? [] : [word, String(list.length), ...list];
  const called = entryPoint === undefined ? ['AI.MODELEXECUTE', key] : ['AI.SCRIPTEXECUTE', key, entryPoint];
  // prettier-ignore
  const words = [
    'ROUTING', `{${tag}}`,
    ...inputs.flatMap((values, index) => ['|>', 'AI.TENSORSET', names[index]!, 'FLOAT', '1', String(values.length),
      'BLOB', Buffer.from(Float32Array.from(values).buffer)]),
    '|>', ...called, ...counted('KEYS', keys), ...counted('INPUTS', names), 'OUTPUTS', '1', 'output',
    '|>', 'AI.TENSORGET', 'output', 'META', 'BLOB',
  ];
  const started = performance.now();
  const reply = await redis.callBuffer('AI.DAGEXECUTE', ...words);
  return { ...readTensor(reply), milliseconds: performance.now() - started };
}

async function modelOf(redis: Redis, key: string): Promise<EngineModel> {
  const [meta, info] = await Promise.all([
    redis.call('AI.MODELGET', key, 'META') as Promise<Words>,
    redis.call('AI.INFO', key) as Promise<Words>,
  ]);
  const calls = Number(field(info, 'calls'));
  return {
    key,
    backend: String(field(meta, 'backend')),
    device: String(field(meta, 'device')),
    tag: String(field(meta, 'tag')),
    inputs: (field(meta, 'inputs') as Words | undefined)?.map(String) ?? [],
    calls,
    errors: Number(field(info, 'errors')),
    microsecondsPerRun: calls === 0 ? null : Number(field(info, 'duration')) / calls,
  };
}

async function scriptOf(redis: Redis, key: string): Promise<EngineContents['script']> {
  const reply = (await redis.call('AI.SCRIPTGET', key)) as Words;
  return {
    key,
    device: String(field(reply, 'device')),
    source: String(field(reply, 'source')),
    entryPoints: (field(reply, 'Entry Points') as Words | undefined)?.map(String) ?? [],
  };
}

/** Replies about models and scripts are lists of names and values. */
function field(reply: Words, name: string): unknown {
  const at = reply.findIndex((word) => String(word).toLowerCase() === name.toLowerCase());
  return at < 0 ? undefined : reply[at + 1];
}

function readTensor(reply: unknown): Pick<RunResult, 'shape' | 'values'> {
  const elements = Array.isArray(reply) ? (reply as Words) : [];
  const failed = elements.find((element) => element instanceof Error);
  if (failed !== undefined) throw failed;
  const tensor = elements.at(-1);
  if (!Array.isArray(tensor)) throw new Error('the engine answered without a tensor');
  const shape = (field(tensor, 'shape') as Words).map(Number);
  const blob = field(tensor, 'blob') as Buffer;
  if (String(field(tensor, 'dtype')) !== 'FLOAT') throw new Error('the result is no FLOAT tensor');
  const count = Math.min(VALUES_MAX, Math.floor(blob.length / 4));
  return { shape, values: Array.from({ length: count }, (_, index) => blob.readFloatLE(4 * index)) };
}
