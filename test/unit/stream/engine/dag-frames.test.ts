// Promise: a frame laid out beforehand is, byte for byte, what encoding the DAG's words gives.
import { describe, expect, it } from 'vitest';
import { DagBuilder } from '../../../../src/stream/dag.ts';
import { DagFrames, type ReferencedDag } from '../../../../src/stream/engine/dag-frames.ts';
import { KeyList } from '../../../../src/stream/engine/key-list.ts';
import { lookUpCommand } from '../../../../src/stream/reference.ts';
import { encodeCommand, encodeExists, encodeLookUps } from '../../../../src/stream/engine/encode-command.ts';

const dagWith = (keys: number): ReferencedDag => ({
  transaction: {
    transactionId: `ü_${keys}`,
    time: keys,
    amount: 1,
    // Not at the beginning of its buffer, as a decoder may leave it.
    features: new Float32Array(40).map((_, index) => Math.sin(index + keys)).subarray(3, 33),
    label: null,
  },
  referenceKeys: KeyList.of(
    Array.from({ length: keys }, (_, index) => Buffer.from(`${'9'.repeat(index * 150)}_${index}{tag}`)),
  ),
});

describe('the frames of DAGs', () => {
  it.each(['none', 'shared', 'per-transaction'] as const)('are the words of the DAG, result: %s', (result) => {
    const builder = new DagBuilder({ tag: 'täg', devices: ['CPU', 'CPU:1'], result });
    const frames = new DagFrames(builder);
    const dags = [10, 0, 1, 10, 3].map(dagWith);
    const words = dags.map((dag) => encodeCommand(['AI.DAGEXECUTE', ...builder.arguments(dag)]));
    expect(frames.encode(dags).equals(Buffer.concat(words))).toBe(true);
  });

  it.each(['script', 'lua'] as const)('are the words of a DAG that looks up, lookup: %s', (lookup) => {
    const builder = new DagBuilder({ tag: 'täg', devices: ['CPU', 'CPU'], result: 'none', lookup });
    const query = (limit: number) => ({ since: -5, until: 12.5, limit, own: Buffer.from('ü{täg}').toString('latin1') });
    const dags = [10, 0, 1].map((limit) => ({ ...dagWith(0), query: query(limit) }));
    const words = dags.map((dag) => encodeCommand(['AI.DAGEXECUTE', ...builder.arguments(dag)]));
    expect(new DagFrames(builder).encode(dags).equals(Buffer.concat(words))).toBe(true);
  });

  it('are nothing for no DAGs', () => {
    expect(new DagFrames(new DagBuilder({ tag: 't', devices: ['a', 'b'], result: 'none' })).encode([])).toHaveLength(0);
  });
});

describe('a command', () => {
  it('is its count and its words with their lengths in bytes', () => {
    expect(encodeCommand(['SET', 'ü', Buffer.from([13, 10])]).toString()).toBe(
      '*3\r\n$3\r\nSET\r\n$2\r\nü\r\n$2\r\n\r\n\r\n',
    );
  });
});

describe('lookups of a batch', () => {
  it('are their words, one after the other', () => {
    const query = { since: 1e21, until: 12.5, limit: 10, own: 'own' };
    const words = encodeCommand(lookUpCommand('references{täg}', query)).toString();
    expect(encodeLookUps('references{täg}', [query, query])).toBe(words + words);
  });
});

describe('the question which keys are there', () => {
  it('is the words of all lists', () => {
    const [one, two] = [['a', 'ü{täg}'], ['x'.repeat(200)]].map((keys) => keys.map((key) => Buffer.from(key)));
    const words = encodeCommand(['EXISTS', ...one!, ...two!]);
    expect(encodeExists([KeyList.of(one!), KeyList.NONE, KeyList.of(two!)]).equals(words)).toBe(true);
  });
});
