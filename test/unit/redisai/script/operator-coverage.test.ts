// Every operator of the language stands in at least one of the programs that check what it gives.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { operatorNames } from '../../../../src/redisai/script/operators/table.ts';

const FOLDER = join(import.meta.dirname, 'programs');
const PROGRAMS = readdirSync(FOLDER)
  .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
  .join('\n');

/** Operators that programs write with signs, or under Python's names. */
const WRITTEN: Readonly<Record<string, string>> = {
  __and__: ' & ',
  __or__: ' | ',
  __xor__: ' ^ ',
  __lshift__: ' << ',
  __rshift__: ' >> ',
  __not__: 'not ',
  __contains__: ' in ',
  __getitem__: '[0]',
  _set_item: '] = ',
  add: ' + ',
  floordiv: ' // ',
  neg: '-',
  positive: '+4',
  Int: 'int(',
  Float: 'float(',
  Bool: 'bool(',
  numpy_T: '.T ',
  'prim::range_length': 'range(',
  'prim::slice': '[1:3]',
  'prim::unpack': 'a, b = [',
  'prim::device': '"cpu"',
};

/** Reached only with a host: run-script.test.ts has them. */
const NEEDS_HOST = /^redis(AI)?::|^prim::print$/;

it('knows every operator from a program', () => {
  const unknown = operatorNames().filter((name) => {
    if (NEEDS_HOST.test(name)) return false;
    const written = WRITTEN[name] ?? WRITTEN[name.replace(/_$/, '')];
    return written === undefined
      ? !new RegExp(`\\b${name.split('::').at(-1)!}\\b`).test(PROGRAMS)
      : !PROGRAMS.includes(written);
  });
  expect(unknown).toEqual([]);
});
