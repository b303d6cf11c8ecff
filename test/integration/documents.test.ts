// Promise: what the documents tell a reader to type does what they say. What is not run here stands in
// test/documents/treatments.ts with the reason.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFile } from '../../src/core/package-root.ts';
import { commandsOf, documents } from '../documents/commands.ts';
import { Reader } from '../documents/reader.ts';
import { treatmentsOf, type Treatment } from '../documents/treatments.ts';
import { describeWithKafka, Stage } from '../helpers/stage.ts';

const STORY_MS_MAX = 300_000;
/** They begin with nothing, and bring up what they need. */
const STORIES = ['README.md', 'docs/tutorial.md'];
const SAMPLE = join('data', 'transactions.sample.csv');

/** The others speak to somebody whose stream runs: it has scored the sample. */
const RUNNING_STREAM: readonly (readonly [command: string, treatment?: Treatment])[] = [
  ['fraudstream serve', { kind: 'stays', words: /listening on/ }],
  ['fraudstream provision'],
  ['fraudstream consume', { kind: 'stays', words: /partitions assigned/ }],
  ['fraudstream replay'],
  ['fraudstream scores --json > scores.jsonl; grep -c . scores.jsonl', { kind: 'says', words: /^5000$/m, status: 0 }],
];

interface Trial {
  readonly text: string;
  readonly treatment: Treatment | undefined;
}

function trialsOf(document: string): readonly Trial[] {
  const commands = commandsOf(document);
  const treatments = treatmentsOf(document, commands);
  return commands
    .map(({ text }, at) => ({ text, treatment: treatments[at] }))
    .filter(({ treatment }) => treatment?.kind !== 'not-run');
}

async function tryAll(reader: Reader, document: string): Promise<void> {
  for (const { text, treatment } of trialsOf(document)) await reader.try(text, treatment);
}

const hasRedisCli = spawnSync('redis-cli', ['--version']).status === 0;
const needs = (document: string): string =>
  !hasRedisCli && trialsOf(document).some(({ text }) => text.startsWith('redis-cli')) ? ' [skipped: no redis-cli]' : '';

describeWithKafka('the commands of', () => {
  describe.each(STORIES)('%s', (document) => {
    it.skipIf(needs(document) !== '')(
      `are a story that can be lived${needs(document)}`,
      async () => {
        const reader = await Reader.sitDown(new Stage('documents').environment);
        try {
          await tryAll(reader, document);
        } finally {
          await reader.leave();
        }
      },
      STORY_MS_MAX,
    );
  });

  describe('a document', () => {
    let reader: Reader;
    beforeAll(async () => {
      reader = await Reader.sitDown(new Stage('documents').environment);
      for (const [command, treatment] of RUNNING_STREAM) await reader.try(command, treatment);
    });
    afterAll(() => reader.leave());

    const others = documents().filter((document) => !STORIES.includes(document) && trialsOf(document).length > 0);
    it.each(others)('work where a stream runs: %s', (document) => tryAll(reader, document), STORY_MS_MAX);

    it('make the sample again, byte for byte', () => {
      expect(readFileSync(join(reader.folder, SAMPLE)).equals(readFileSync(packageFile(SAMPLE)))).toBe(true);
    });
  });
});
