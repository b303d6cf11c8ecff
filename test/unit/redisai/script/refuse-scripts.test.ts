// Scripts that must not compile, between lines of ---. What the error says stands after `# !` in the line it names.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileScript } from '../../../../src/redisai/script/compile.ts';
import { ScriptError } from '../../../../src/redisai/script/script.ts';

interface Refusal {
  readonly source: string;
  readonly line: number;
  readonly words: string;
}

function refusalsIn(file: string): Refusal[] {
  const text = readFileSync(join(import.meta.dirname, 'refusals', file), 'utf8');
  const scripts = text.slice(text.indexOf('\n') + 1).split('---\n');
  return scripts.map((source) => {
    const lines = source.split('\n');
    const at = lines.findIndex((line) => line.includes('# ! '));
    return { source, line: at + 1, words: lines[at]!.split('# ! ')[1]! };
  });
}

export function errorOf(source: string): ScriptError {
  try {
    compileScript(source);
  } catch (error) {
    if (error instanceof ScriptError) return error;
    throw error;
  }
  throw new Error(`the script was compiled:\n${source}`);
}

describe.each(['syntax.py', 'types.py'])('%s', (file) => {
  it.each(refusalsIn(file))('$words', ({ source, line, words }) => {
    const error = errorOf(source.replace(/ {2}# ! .*/, ''));
    expect(error.message).toContain(words);
    expect(error.line).toBe(line);
  });
});

describe('a hostile source', () => {
  const body = (expression: string): string => `def f(x: int):\n    return ${expression}\n`;

  it.each([
    ['brackets in brackets', body('('.repeat(50_000) + 'x' + ')'.repeat(50_000)), 'nested deeper than'],
    ['lists in lists', body('['.repeat(5_000)), 'nested deeper than'],
    ['signs', body('-'.repeat(50_000) + 'x'), 'nested deeper than'],
    ['nots', body('not '.repeat(50_000) + 'x'), 'nested deeper than'],
    ['powers', body('x' + '**x'.repeat(50_000)), 'nested deeper than'],
    ['a sum without end', body('x' + '+x'.repeat(50_000)), 'operators in a row'],
    ['a chain of comparisons', body('x' + '<x'.repeat(50_000)), 'operators in a row'],
    ['calls of calls', body('x' + '()'.repeat(50_000)), 'operators in a row'],
    ['a long list', body(`[${'1,'.repeat(50_000)}]`), 'items between two brackets'],
    [
      'blocks in blocks',
      'def f(x: int):\n' + Array.from({ length: 200 }, (_, i) => ' '.repeat(i + 1) + 'if x > 0:\n').join(''),
      'nested deeper than',
    ],
    ['more than a script', ' '.repeat(1_000_001), 'larger than'],
    [
      'types in types',
      `def f(x: ${'List['.repeat(5_000)}int${']'.repeat(5_000)}):\n    return x\n`,
      'nested deeper than',
    ],
  ])('of %s is refused', (_, source, words) => {
    expect(errorOf(source).message).toContain(words);
  });

  it('cannot name its way into JavaScript', () => {
    const source =
      'def constructor(__proto__: int, prototype: int):\n    this = __proto__ + prototype\n    return this\n';
    expect(compileScript(source).functions).toEqual(['constructor']);
    for (const name of [
      'toString',
      'hasOwnProperty',
      '__proto__',
      'valueOf',
      'eval',
      'globalThis',
      'process',
      'pool',
      'host',
    ]) {
      expect(errorOf(body(name)).message).toContain('undefined value');
      expect(errorOf(body(`${name}(x)`)).message).toContain('undefined value');
      expect(errorOf(body(`torch.${name}(x)`)).message).toContain('not in the supported subset');
    }
  });

  it('keeps its texts texts', () => {
    const text = '"); throw 1; //\u2028${x}`';
    const script = compileScript(`def f():\n    return ${JSON.stringify(text).replace('\u2028', '')}\n`);
    expect(script.invoke('f', [], { execute: () => null })).toBe(text.replace('\u2028', ''));
  });
});
