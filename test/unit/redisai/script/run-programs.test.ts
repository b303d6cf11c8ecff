// Programs in the script language. What a function returns stands after `# =` in its last line, the error it ends with
// after `# !` in the line where it happens. The results were computed by PyTorch 1.13, or by hand where it has no such thing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileScript } from '../../../../src/redisai/script/compile.ts';
import { ScriptError } from '../../../../src/redisai/script/script.ts';
import { NO_HOST } from './no-host.ts';
import { showValue } from './show-value.ts';

const FOLDER = join(import.meta.dirname, 'programs');

interface Program {
  readonly name: string;
  readonly value: string | undefined;
  readonly error: { readonly line: number; readonly text: string } | undefined;
}

/** The functions of a file that say what comes of them; the others are there to be called. */
function programsOf(text: string): Program[] {
  const programs: Program[] = [];
  let name = '';
  for (const [i, line] of text.split('\n').entries()) {
    name = /^def (\w+)/.exec(line)?.[1] ?? name;
    const [, sign, said] = /# ([=!]) (.+)$/.exec(line) ?? [];
    if (sign === '=') programs.push({ name, value: said, error: undefined });
    if (sign === '!') programs.push({ name, value: undefined, error: { line: i + 1, text: said! } });
  }
  return programs;
}

describe.each(readdirSync(FOLDER).filter((file) => file.endsWith('.py')))('%s', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  const script = compileScript(text);

  it.each(programsOf(text).filter(({ value }) => value !== undefined))('$name returns $value', ({ name, value }) => {
    expect(showValue(script.invoke(name, [], NO_HOST))).toBe(value);
  });

  it.each(programsOf(text).filter(({ error }) => error !== undefined))(
    '$name ends with $error.text',
    ({ name, error }) => {
      let thrown: unknown;
      try {
        script.invoke(name, [], NO_HOST);
      } catch (caught) {
        thrown = caught;
      }
      expect(thrown).toBeInstanceOf(ScriptError);
      expect((thrown as ScriptError).message).toContain(error!.text);
      expect((thrown as ScriptError).line).toBe(error!.line);
    },
  );
});
