// Promise: a script sees a hash as it is now, however often it has been read before.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../../../../src/redisai/index.ts';
import { Resp2Client, type TypedReply } from '../../../helpers/resp2-client.ts';

const SOURCE = `
def values(tensors: List[Tensor], keys: List[str], args: List[str]):
    numbers: List[float] = []
    for key in keys:
        for value in redis.asList(redis.execute("HVALS", key)):
            numbers.append(float(str(value)))
    return torch.tensor(numbers)
`;

const WRITES: readonly (readonly [what: string, writes: readonly (readonly string[])[], key: string, now: number[]])[] =
  [
    ['HSET of a field', [['HSET', 'h', 'a', '5']], 'h', [5, 2]],
    ['HSET of a new field', [['HSET', 'h', 'c', '3']], 'h', [1, 2, 3]],
    ['HSETNX', [['HSETNX', 'h', 'c', '3']], 'h', [1, 2, 3]],
    ['HDEL', [['HDEL', 'h', 'a']], 'h', [2]],
    ['HINCRBY', [['HINCRBY', 'h', 'a', '4']], 'h', [5, 2]],
    ['HINCRBYFLOAT', [['HINCRBYFLOAT', 'h', 'b', '0.5']], 'h', [1, 2.5]],
    ['DEL', [['DEL', 'h']], 'h', []],
    ['expiry', [['PEXPIREAT', 'h', '1']], 'h', []],
    ['RENAME away', [['RENAME', 'h', 'other']], 'h', []],
    [
      'RENAME onto it',
      [
        ['HSET', 'other', 'x', '9'],
        ['RENAME', 'other', 'h'],
      ],
      'h',
      [9],
    ],
    [
      'a write to its COPY',
      [
        ['COPY', 'h', 'copy'],
        ['HSET', 'copy', 'a', '7'],
      ],
      'h',
      [1, 2],
    ],
    [
      'COPY, of the copy',
      [
        ['COPY', 'h', 'copy'],
        ['HSET', 'copy', 'a', '7'],
      ],
      'copy',
      [7, 2],
    ],
    [
      'DEL and HSET anew',
      [
        ['DEL', 'h'],
        ['HSET', 'h', 'b', '8'],
      ],
      'h',
      [8],
    ],
  ];

describe('a script that reads a hash', () => {
  let engine: RunningEngine;
  let client: Resp2Client;

  beforeAll(async () => {
    engine = await startEngine({});
    client = await Resp2Client.open(Number(new URL(engine.url).port));
  });

  afterAll(async () => {
    client.close();
    await engine.stop();
  });

  beforeEach(async () => {
    await client.send('FLUSHDB');
    await client.send('AI.SCRIPTSTORE', 'script', 'CPU', 'ENTRY_POINTS', '1', 'values', 'SOURCE', SOURCE);
    await client.send('HSET', 'h', 'a', '1', 'b', '2');
  });

  const run = (key: string): Promise<TypedReply> =>
    client.send('AI.SCRIPTEXECUTE', 'script', 'values', 'KEYS', '1', key, 'OUTPUTS', '1', 'out');

  async function valuesOf(key: string): Promise<number[]> {
    expect(await run(key)).toEqual({ t: 'status', v: 'OK' });
    const reply = await client.send('AI.TENSORGET', 'out', 'BLOB');
    return [...new Float32Array(Uint8Array.from((reply as { v: Buffer }).v).buffer)];
  }

  it.each(WRITES)('sees %s', async (_what, writes, key, now) => {
    expect(await valuesOf('h')).toEqual([1, 2]);
    expect(await valuesOf('h')).toEqual([1, 2]);
    for (const write of writes) await client.send(...write);
    expect(await valuesOf(key)).toEqual(now);
  });

  it('fails with the same words each time a value is no number', async () => {
    await client.send('HSET', 'h', 'c', '3 days');
    const first = await run('h');
    expect(first).toMatchObject({
      t: 'error',
      v: expect.stringContaining("could not convert string to float: '3 days'") as string,
    });
    expect(await run('h')).toEqual(first);
    await client.send('HSET', 'h', 'c', '3');
    expect(await valuesOf('h')).toEqual([1, 2, 3]);
  });
});
