// Promise: no run of a script goes on for ever, whatever it does between its steps.
import { describe, expect, it } from 'vitest';
import { compileScript } from '../../../../src/redisai/script/compile.ts';
import type { ScriptHost } from '../../../../src/redisai/script/script.ts';
import { zeros } from '../../../../src/redisai/tensor/make-tensor.ts';

const ENTRY = 'def f(tensors: List[Tensor], keys: List[str], args: List[str]):';
const HOST: ScriptHost = { execute: () => 1 };

const endless = (body: string): string => `${ENTRY}\n    while True:\n        ${body}\n    return tensors\n`;

function run(source: string, limits: { steps?: number; milliseconds?: number }): unknown {
  return compileScript(source, limits).run('f', [zeros('FLOAT', [300, 300])], [], [], HOST);
}

describe('run budget', () => {
  it.each([
    ['an empty loop', 'a = 1'],
    ['a loop of heavy operations', 'a = torch.mm(tensors[0], tensors[0])'],
    ['a loop of Redis commands', 'redis.execute("PING")'],
  ])('ends %s by the clock', (_, body) => {
    expect(() => run(endless(body), { steps: Number.MAX_SAFE_INTEGER, milliseconds: 50 })).toThrow(
      /it ran for longer than 50 ms/,
    );
  });

  it('ends a run by its steps, however fast they are', () => {
    expect(() => run(endless('a = 1'), { steps: 1000 })).toThrow(/it took more steps than it may/);
  });

  it('lets a run use all its steps', () => {
    const loop = `${ENTRY}\n    n = 0\n    while n < 998:\n        n += 1\n    return tensors\n`;
    expect(run(loop, { steps: 1000 })).toHaveLength(1);
  });
});
