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
    ['a loop of heavy operations', 'a = torch.exp(tensors[0])'],
    ['a loop of Redis commands', 'redis.execute("PING")'],
  ])('ends %s by the clock', (_, body) => {
    expect(() => run(endless(body), { steps: Number.MAX_SAFE_INTEGER, milliseconds: 50 })).toThrow(
      /it ran for longer than 50 ms/,
    );
  });

  it.each([
    ['a product', 'x = torch.mm(torch.zeros([8192, 8192]), torch.zeros([8192, 8192]))'],
    ['a batch of products', 'x = torch.bmm(torch.zeros([64, 1024, 1024]), torch.zeros([64, 1024, 1024]))'],
    ['a product by broadcasting', 'x = torch.matmul(torch.zeros([1024, 1024]), torch.zeros([64, 1024, 1024]))'],
    ['a linear layer', 'x = torch.nn.functional.linear(torch.zeros([8192, 8192]), torch.zeros([8192, 8192]))'],
  ])('refuses %s that would go on for long after the time is up', (_, body) => {
    const limits = { steps: 100, milliseconds: 100 };
    expect(() => run(endless(body), limits)).toThrow(/products of matrices would take longer than this run may/);
  });

  it('refuses what would take more memory than a run may, before it is taken', () => {
    const body = 'x = [torch.zeros([8192, 8192]) for i in range(5)]';
    expect(() => run(endless(body), { milliseconds: 60_000 })).toThrow(/more than 1073741824 bytes of memory/);
  });

  it('ends a run by its steps, however fast they are', () => {
    expect(() => run(endless('a = 1'), { steps: 1000 })).toThrow(/it took more steps than it may/);
  });

  it('lets a run use all its steps', () => {
    const loop = `${ENTRY}\n    n = 0\n    while n < 998:\n        n += 1\n    return tensors\n`;
    expect(run(loop, { steps: 1000 })).toHaveLength(1);
  });
});
