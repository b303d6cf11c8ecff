// What is damaged: the recorded conversation with a real RedisAI, every command of the table, models and scripts.
import { readFileSync } from 'node:fs';
import { packageFile } from '../../src/core/package-root.ts';
import { readRecording } from '../conformance/recording.ts';
import type { TypedReply } from '../helpers/resp2-client.ts';

export type Words = readonly Uint8Array[];

export const bytesOf = (...words: readonly string[]): Words => words.map((word) => Buffer.from(word, 'latin1'));

/** They do what they are for: end the engine, keep everybody waiting, lock the attacker out. */
const FORBIDDEN = [/^SHUTDOWN$/i, /^CONFIG SET/i, /^ACL (SETUSER|DELUSER)/i, /^CLIENT PAUSE/i];

export function isAllowed(words: Words): boolean {
  const start = words.slice(0, 2).map((word) => Buffer.from(word).toString('latin1'));
  return !FORBIDDEN.some((pattern) => pattern.test(start[0] ?? '') || pattern.test(start.join(' ')));
}

export function recordedCommands(): Words[] {
  const file = new URL('../conformance/recordings/redisai-1.2.jsonl.gz', import.meta.url);
  return readRecording(file)
    .map(({ send }) => send)
    .filter((words) => words.length > 0 && isAllowed(words));
}

/** Arguments that fit much: keys of every type, and numbers. */
const ARGUMENTS = [
  'string',
  'list',
  'set',
  'zset',
  'hash',
  't',
  '1',
  '2',
  '0',
  '-1',
  'a',
  '*',
  'GET',
  'COUNT',
  'WITHSCORES',
];

/** One frame for each number of arguments that a command may take, from what COMMAND says of it. */
export function tableCommands(commandReply: TypedReply): Words[] {
  if (commandReply.t !== 'array') throw new Error('COMMAND did not answer with an array');
  return commandReply.v.flatMap(framesOf).filter(isAllowed);
}

function framesOf(described: TypedReply): Words[] {
  if (described.t !== 'array') return [];
  const [name, arity] = described.v;
  if (name?.t !== 'bulk' || arity?.t !== 'int') return [];
  const words = name.v.toString('latin1').split('|');
  const least = Math.abs(arity.v) - words.length;
  const frames = [0, 1, 2, 3].map((more) => {
    const count = Math.max(0, arity.v > 0 ? least : least + more);
    const rest = Array.from({ length: count }, (_, i) => ARGUMENTS[(i + more * 3) % ARGUMENTS.length]!);
    return bytesOf(...words, ...rest);
  });
  const subcommands = described.v[9];
  return [...frames, ...(subcommands?.t === 'array' ? subcommands.v.flatMap(framesOf) : [])];
}

/** A key of every type, so that commands find something. */
export const SETUP: readonly Words[] = [
  bytesOf('SET', 'string', 'value'),
  bytesOf('RPUSH', 'list', 'a', 'b', 'c'),
  bytesOf('SADD', 'set', 'a', 'b', '1'),
  bytesOf('ZADD', 'zset', '1', 'a', '2', 'b'),
  bytesOf('HSET', 'hash', 'a', '1', 'b', '2'),
  bytesOf('AI.TENSORSET', 't', 'FLOAT', '1', '30', 'VALUES', ...Array.from({ length: 30 }, (_, i) => `${i}`)),
  bytesOf('AI.TENSORSET', 'r', 'FLOAT', '2', '30', 'VALUES', ...Array.from({ length: 60 }, (_, i) => `${i}`)),
  bytesOf('AI.TENSORSET', 'ab', 'FLOAT', '2', '2', 'VALUES', '1', '2', '3', '4'),
];

export interface ModelFile {
  readonly backend: string;
  readonly blob: Buffer;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Keys of tensors that fit it. */
  readonly feeds: readonly string[];
}

const fixture = (name: string): Buffer =>
  readFileSync(packageFile('test', 'unit', 'redisai', 'backends', 'fixtures', name));

export function modelFiles(): ModelFile[] {
  const fraud = { inputs: ['transaction', 'reference'], outputs: ['output'], feeds: ['t', 'r'] };
  const two = { inputs: ['a', 'b'], outputs: ['mul'], feeds: ['ab', 'ab'] };
  const own = { inputs: [], outputs: [] };
  return [
    { backend: 'TF', blob: fixture('fraud.pb'), ...fraud },
    { backend: 'TF', blob: readFileSync(packageFile('models', 'fraud_detection_model.pb')), ...fraud },
    { backend: 'TF', blob: fixture('mul.pb'), ...two },
    { backend: 'ONNX', blob: fixture('mul.onnx'), ...own, feeds: ['ab', 'ab'] },
    {
      backend: 'ONNX',
      blob: readFileSync(packageFile('models', 'fraud_detection_model.onnx')),
      ...own,
      feeds: ['t', 'r'],
    },
    ...torchFiles(),
  ];
}

/** Torch models that were recorded: each once. */
function torchFiles(): ModelFile[] {
  const blobs = recordedCommands()
    .filter((words) => /^AI\.MODELSTORE TORCH$/i.test([words[0], words[2]].map(String).join(' ')))
    .map((words) => Buffer.from(words.at(-1)!))
    .filter((blob) => blob.subarray(0, 2).toString('latin1') === 'PK');
  const different = new Map(blobs.map((blob) => [blob.toString('base64'), blob]));
  return Array.from(different.values(), (blob) => ({
    backend: 'TORCH',
    blob,
    inputs: [],
    outputs: [],
    feeds: ['ab', 'ab'],
  }));
}

export function scripts(): string[] {
  const recorded = recordedCommands()
    .map((words) => words.map((word) => Buffer.from(word).toString('utf8')))
    .filter(([name]) => name?.toUpperCase() === 'AI.SCRIPTSTORE')
    .map((words) => words.at(-1)!)
    .filter((source) => source.includes('def '));
  return [...new Set([readFileSync(packageFile('models', 'helper_script.py'), 'utf8'), ...recorded])];
}
