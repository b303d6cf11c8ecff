// docs/torchscript.md says what the script engine does: its example runs, and its list of operators is the list there is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../../src/core/package-root.ts';
import { compileScript } from '../../../../src/redisai/script/compile.ts';
import { TENSOR_OPERATORS } from '../../../../src/redisai/script/operators/tensor/operators.ts';
import { RedisList } from '../../../../src/redisai/script/redis-list.ts';
import { RedisString, type ScriptHost } from '../../../../src/redisai/script/script.ts';
import { showValue } from './show-value.ts';

const DOCUMENT = readFileSync(join(PACKAGE_ROOT, 'docs', 'torchscript.md'), 'utf8');

/** Written with signs or under Python's names, or only by saved modules; and the forms with _ of others. */
function isUnlisted(name: string, all: ReadonlySet<string>): boolean {
  return (
    /::|^__|^(?:Int|Float|Bool|floordiv|numpy_T)$/.test(name) || (name.endsWith('_') && all.has(name.slice(0, -1)))
  );
}

const [EXAMPLE, QUICK_EXAMPLE] = [...DOCUMENT.matchAll(/```python\n([\s\S]*?)```/g)].map(([, text]) => text!);

it('runs the example', () => {
  const host: ScriptHost = { execute: (_, [key]) => [new RedisString(key!.length.toString()), 4] };
  const script = compileScript(EXAMPLE!);
  const tensors = [{ dtype: 'FLOAT', shape: [2], data: Float32Array.of(1, 2) } as const];
  const results = script.run('mean_of_keys', tensors, ['a', 'bb'], ['2'], host);
  expect(results.map(showValue)).toEqual(['FLOAT[1, 8] 2 8 4 8 0 0 0 0', 'FLOAT[] 1.5']);
});

it('runs the example of what is quick', () => {
  const host: ScriptHost = { execute: () => new RedisList(['1', '2.5']) };
  const result = compileScript(QUICK_EXAMPLE!).invoke('numbers_of', ['key'], host) as unknown[];
  expect(result.map(showValue)).toEqual(['FLOAT[2] 1 2.5', 'FLOAT[2] 1 2.5']);
});

it('lists the operators of tensors', () => {
  const [, listed] = /<!-- operators -->([\s\S]*?)<!-- \/operators -->/.exec(DOCUMENT)!;
  const all = new Set(TENSOR_OPERATORS.map(({ name }) => name));
  const expected = [...all].filter((name) => !isUnlisted(name, all));
  expect(listed!.trim().split(/\s+/)).toEqual([...expected, 'tolist'].sort());
});
