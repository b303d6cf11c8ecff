// Promise: every command of the documents is run by a test or says why not, every page is reached from the README, and
// what the prose names is there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTING_ROWS } from '../../src/config/settings.ts';
import { packageFile } from '../../src/core/package-root.ts';
import { commandsOf, documents } from '../documents/commands.ts';
import { keyOf, TREATMENTS, treatmentsOf } from '../documents/treatments.ts';

/** What prose says of other programs. */
const FOREIGN_FLAGS: Readonly<Record<string, readonly string[]>> = {
  'docker compose': ['--profile'],
  helm: ['--set'],
  'kafka-acls.sh': ['--operation'],
  'models/train/train.py': ['--synthetic', '--uniform-weight'],
  node: ['--cpu-prof', '--max-old-space-size', '--max-semi-space-size'],
  'npm run faults': ['--kills', '--records'],
  'npm run fuzz': ['--files', '--frames'],
};

const prose = (document: string): string => readFileSync(packageFile(document), 'utf8');

describe('the commands of the documents', () => {
  it.each(Object.keys(TREATMENTS))('%s says each one that is treated in its own way, as often', (document) => {
    const said = commandsOf(document).map((command) => keyOf(command.text));
    for (const [command, treatment] of Object.entries(TREATMENTS[document]!)) {
      const times = Array.isArray(treatment) ? treatment.length : 1;
      expect(said.filter((other) => other === command).length, command).toBeGreaterThanOrEqual(times);
    }
  });

  it('are run by test/integration/documents.test.ts, which can run those of this project, or stand with a reason', () => {
    const ours =
      /^(?:[A-Z_]+=\S+ )*(?:npm (?:run -s fraudstream|start) |fraudstream |redis-cli |curl -s |node -e |rm -r )/;
    const neither = documents().flatMap((document) => {
      const commands = commandsOf(document);
      const treatments = treatmentsOf(document, commands);
      return commands.filter((command, at) => treatments[at] === undefined && !ours.test(command.text));
    });
    expect(neither).toEqual([]);
  });

  it('stand in test/documents/treatments.ts where they go on until Ctrl-C, or for minutes', () => {
    const goesOn = /fraudstream (?:-- )?(?:serve|consume|bench) ?|npm start|--(?:follow|loop|keep|cluster)\b/;
    const endless = documents().flatMap((document) => {
      const commands = commandsOf(document);
      const treatments = treatmentsOf(document, commands);
      return commands.filter((command, at) => treatments[at] === undefined && goesOn.test(`${keyOf(command.text)} `));
    });
    expect(endless).toEqual([]);
  });
});

describe('the documents', () => {
  it.each(documents())('%s links to what is there', (document) => {
    for (const target of linksOf(document)) expect(existsSync(packageFile(target)), target).toBe(true);
  });

  it('are all reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const document of reached) {
      for (const target of linksOf(document)) if (target.endsWith('.md')) reached.add(target);
    }
    expect(documents().filter((document) => !reached.has(document))).toEqual([]);
  });

  it.each(documents())('%s names flags that there are', (document) => {
    const ours = SETTING_ROWS.flatMap(({ flag }) => (flag === undefined ? [] : [flag.split(' ')[0]!]));
    const known = [...ours, ...Object.values(FOREIGN_FLAGS).flat()];
    const named = [...prose(document).matchAll(/`(?:fraudstream )?(?:\w+ )?(--[a-z][a-z0-9-]*)/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((flag) => !known.includes(flag))).toEqual([]);
  });
});

/** Relative ones, as paths from the root of the package. */
function linksOf(document: string): readonly string[] {
  const targets = [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!.replace(/#.*$/, ''));
  return targets
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => join(document, '..', target));
}
