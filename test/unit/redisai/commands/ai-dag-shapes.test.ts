// A DAG that is recognised by its bytes means what its words mean: one engine gets each DAG as it comes off a socket, so that it
// may recognise it, the other gets the same words without their bytes, so that it has to read them.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { AiModule } from '../../../../src/redisai/commands/ai-module.ts';
import { dispatch } from '../../../../src/redisai/commands/dispatch.ts';
import { Engine } from '../../../../src/redisai/commands/engine.ts';
import { Session } from '../../../../src/redisai/commands/session.ts';
import { COMMANDS } from '../../../../src/redisai/commands/table.ts';
import type { Args } from '../../../../src/redisai/resp/args.ts';
import { ReplyEncoder } from '../../../../src/redisai/resp/reply-encoder.ts';
import { RequestDecoder } from '../../../../src/redisai/resp/request-decoder.ts';

const SEED = 20131001;
const DAGS = 3000;
const LIMITS = { argumentsMax: 1000, bulkBytesMax: 1e6, requestBytesMax: 1e7, authenticated: true };

type Word = string | Buffer;

const MODEL = readFileSync(new URL('../../../../models/fraud_detection_model.pb', import.meta.url));
const SCRIPT = readFileSync(new URL('../../../../models/helper_script.py', import.meta.url));

function encoded(words: readonly Word[]): Buffer {
  const parts = words.map((word) => Buffer.from(word as string));
  const bulks = parts.flatMap((bytes) => [Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')]);
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...bulks]);
}

class Side {
  readonly engine = new Engine({ commands: COMMANDS, createModule: () => new AiModule() });
  readonly #encoder = new ReplyEncoder(1e8);
  readonly #decoder = new RequestDecoder();
  readonly #argsOf: (args: Args) => Args;
  readonly #session = new Session(this.engine, {
    remoteAddress: '127.0.0.1:1',
    localAddress: '127.0.0.1:2',
    close: () => undefined,
    destroy: () => undefined,
  });

  constructor(argsOf: (args: Args) => Args) {
    this.#argsOf = argsOf;
  }

  /** The reply, and how often keys were found and not found. */
  send(words: readonly Word[]): string {
    this.#decoder.push(encoded(words));
    const reply = dispatch(this.#session, this.#argsOf(this.#decoder.next(LIMITS)!));
    if (reply instanceof Promise) throw new Error('nothing of this test takes time');
    this.#encoder.write(reply);
    const { hits, misses } = this.engine.keyspace;
    return `${this.#encoder.take().toString('latin1')} ${hits} hits, ${misses} misses`;
  }
}

/** Random numbers that are the same in every run (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const below = random(SEED);
const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
const floats = (count: number): Buffer =>
  Buffer.from(Float32Array.from({ length: count }, () => below(1000) / 100).buffer);

const storeModel = (key: string): Word[] => [
  ...['AI.MODELSTORE', key, 'TF', 'CPU', 'INPUTS', '2', 'transaction', 'reference', 'OUTPUTS', '1', 'output'],
  ...['BLOB', MODEL],
];
const storeOtherModel = (key: string): Word[] => [
  ...['AI.MODELSTORE', key, 'TF', 'CPU', 'INPUTS', '1', 'transaction', 'OUTPUTS', '1', 'concat', 'BLOB', MODEL],
];
const storeScript: readonly Word[] = [
  ...['AI.SCRIPTSTORE', 's', 'CPU', 'ENTRY_POINTS', '2', 'hashes_to_tensor', 'post_processing', 'SOURCE', SCRIPT],
];

function dag(keys: readonly string[], scope: readonly string[], result: string): Word[] {
  return [
    ...['AI.DAGEXECUTE', ...scope],
    ...['|>', 'AI.TENSORSET', 'x', 'FLOAT', '1', '30', 'BLOB', floats(30)],
    ...['|>', 'AI.SCRIPTEXECUTE', 's', 'hashes_to_tensor'],
    ...(keys.length === 0 ? [] : ['KEYS', String(keys.length), ...keys]),
    ...['OUTPUTS', '1', 'r'],
    ...['|>', 'AI.MODELEXECUTE', 'm', 'INPUTS', '2', 'x', 'r', 'OUTPUTS', '1', 'a'],
    ...['|>', 'AI.MODELEXECUTE', 'n', 'INPUTS', '2', 'x', 'r', 'OUTPUTS', '1', 'b'],
    ...['|>', 'AI.SCRIPTEXECUTE', 's', 'post_processing', 'INPUTS', '2', 'a', 'b', 'OUTPUTS', '1', result],
    ...['|>', 'AI.TENSORGET', 'a', 'BLOB', '|>', 'AI.TENSORGET', result, 'META', 'VALUES'],
  ];
}

const KEYS = ['h1', 'h2', 'h3', 'missing', 'text', 'result'];
const SCOPES = [
  ['ROUTING', '{t}'],
  ['PERSIST', '1', 'result'],
  ['PERSIST', '1', 'result', 'TIMEOUT', '1000'],
];
const BINARY = [
  ...['AI.DAGEXECUTE', 'ROUTING', 'x', '|>', 'AI.TENSORSET', 'q', 'BOOL', '2', 'BLOB', Buffer.from([0, 1])],
  ...['|>', 'AI.TENSORSET', 't', 'STRING', '1', '2', 'BLOB', Buffer.from('a\0b\0'), '|>', 'AI.TENSORGET', 't'],
  ...['|>', 'AI.TENSORGET', 'q'],
];

function ordinaryDag(): Word[] {
  if (below(6) === 0) return [...BINARY];
  const keys = Array.from({ length: pick([0, 0, 2, 10]) }, () => pick(KEYS));
  return dag(keys, pick(SCOPES), pick(['result', 'result', 'a']));
}

const POOL: readonly Word[] = [
  ...['|>', 'BLOB', 'KEYS', '2', '0', '-1', 'x', 'a', 'b', 'm', 's', 'text', 'OUTPUTS', 'INPUTS', 'LOAD', 'PERSIST'],
  ...['blob', 'ai.tensorset', 'AI.TENSORGET', 'VALUES', 'META', 'FLOAT', 'BOOL', 'INT8', '', 'AI.DAGEXECUTE_RO'],
  ...[floats(30), floats(29), Buffer.from([0, 2]), Buffer.from('ab\0\0'), Buffer.from('abcd'), '\r\n$1\r\nx'],
];

/** One of the ways in which a DAG may differ from the ones before. */
const MUTATIONS: readonly ((words: Word[]) => void)[] = [
  (words) => words.splice(below(words.length), 1),
  (words) => words.splice(below(words.length), 1, pick(POOL)),
  (words) => words.splice(below(words.length), 0, pick(POOL)),
  (words) => words.splice(below(words.length), 1, pick(words)),
  (words) => words.splice(1 + below(words.length - 1), below(8)),
  (words) => {
    const blobs = [...words.keys()].filter((i) => typeof words[i] !== 'string');
    if (blobs.length > 0) words[pick(blobs)] = pick(POOL);
  },
];

/** What may happen to the keys between two DAGs. */
const EVENTS: readonly (() => readonly Word[])[] = [
  () => ['DEL', pick(['m', 'n', 's'])],
  () => ['SET', pick(['n', 'result']), 'text'],
  () => ['DEL', 'result'],
  () => storeOtherModel('m'),
  () => ['RENAME', 'm', 'n'],
];

const RESTORE: readonly (readonly Word[])[] = [
  ['DEL', 'm', 'n', 's'],
  storeModel('m'),
  storeModel('n'),
  storeScript,
  ['HSET', 'h1', 'a', '1.5', 'b', '2'],
  ['HSET', 'h2', 'a', '-3', 'b', '4e-1'],
  ['HSET', 'h3', 'a', '1', 'b', 'no number'],
  ['SET', 'text', 'text'],
];

describe('DAGs recognised by their bytes', () => {
  const recognising = new Side((args) => args);
  const reading = new Side((args) => args.copy());

  const both = (words: readonly Word[]): void => {
    const [found, wanted] = [recognising.send(words), reading.send(words)];
    if (found !== wanted) expect(found, words.map(String).join(' ')).toBe(wanted);
  };

  beforeAll(() => RESTORE.forEach(both));

  it(`answer as DAGs that are read do, whatever is changed in them (seed ${SEED})`, () => {
    for (let sent = 0; sent < DAGS; sent += 1) {
      const words = ordinaryDag();
      if (below(3) === 0) for (let i = below(2); i >= 0; i -= 1) if (words.length > 2) pick(MUTATIONS)(words);
      if (words.length > 0) both(words);
      if (sent % 100 === 80) both(pick(EVENTS)());
      if (sent % 100 === 99) RESTORE.forEach(both);
    }
  });

  it('are found again, as long as nothing of them has changed', () => {
    const module = recognising.engine.module as AiModule;
    const words = dag(['h1'], ['ROUTING', '{found}'], 'result');
    const decoder = new RequestDecoder();
    const session = new Session(recognising.engine, { remoteAddress: '', localAddress: '', close() {}, destroy() {} });
    const find = (changed: readonly Word[]): boolean => {
      decoder.push(encoded(changed));
      return module.dagShapes.find(session, decoder.next(LIMITS)!) !== undefined;
    };
    for (let i = 0; i < 20; i += 1) both(words);
    expect(find(words)).toBe(true);
    expect(find(words.with(10, floats(30)))).toBe(true);
    expect(find(words.with(2, '{other}'))).toBe(false);
    expect(find(words.with(words.length - 1, 'BLOB'))).toBe(false);
  });

  it('are not mistaken for another that comes into the same memory', () => {
    const module = recognising.engine.module as AiModule;
    const decoder = new RequestDecoder();
    const session = new Session(recognising.engine, { remoteAddress: '', localAddress: '', close() {}, destroy() {} });
    // In two pieces, so that the decoder puts them together in memory of its own.
    const arrive = (words: readonly Word[]): Args => {
      const bytes = encoded(words);
      decoder.push(bytes.subarray(0, 100));
      expect(decoder.next(LIMITS)).toBeUndefined();
      decoder.push(bytes.subarray(100));
      return decoder.next(LIMITS)!;
    };
    const [one, other] = ['{memory}', '{yromem}'].map((tag) => dag([], ['ROUTING', tag], 'result'));
    for (let i = 0; i < 20; i += 1) void dispatch(session, arrive(one!));
    expect(module.dagShapes.find(session, arrive(one!))).toBeDefined();
    expect(module.dagShapes.find(session, arrive(other!))).toBeUndefined();
  });

  it('are found again with other ARGS, and run with these', () => {
    const source =
      'def number(tensors: List[Tensor], keys: List[str], args: List[str]):\n    return torch.tensor([float(args[0])])\n';
    const [recognising, reading] = [new Side((args) => args), new Side((args) => args.copy())];
    const both = (words: readonly Word[]): void => expect(recognising.send(words)).toBe(reading.send(words));
    both(['AI.SCRIPTSTORE', 'numbers', 'CPU', 'ENTRY_POINTS', '1', 'number', 'SOURCE', source]);
    const call = (...args: string[]): Word[] => [
      ...['AI.DAGEXECUTE', 'ROUTING', '{args}', '|>', 'AI.SCRIPTEXECUTE', 'numbers', 'number', 'KEYS', '1', 'h1'],
      ...['ARGS', String(args.length), ...args, 'OUTPUTS', '1', 'n', '|>', 'AI.TENSORGET', 'n', 'VALUES'],
    ];
    for (let i = 0; i < 20; i += 1) both(call(String(i), 'x'.repeat(i)));
    const decoder = new RequestDecoder();
    decoder.push(encoded(call('-1.5', 'ARGS')));
    const session = new Session(recognising.engine, { remoteAddress: '', localAddress: '', close() {}, destroy() {} });
    const found = (recognising.engine.module as AiModule).dagShapes.find(session, decoder.next(LIMITS)!);
    expect(found?.plan.steps[0]).toMatchObject({ call: { keys: ['h1'], args: ['-1.5', 'ARGS'] } });
  });
});
