// `fraudstream evaluate <file>` as a back-test in CI runs it: one object on the last line, an exit code, broken lines named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run } from '../../../helpers/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));

function scoresFile(...lines: readonly string[]): string {
  const path = join(folder, 'scores.jsonl');
  writeFileSync(path, lines.join('\n'));
  return path;
}

const CARD = '4111111111111111';
const score = (value: number, label: number): string => JSON.stringify({ score: value, label, threshold: 0.5 });
const SCORES = [score(0.9, 1), score(0.6, 0), score(0.4, 1), score(0.1, 0), ''];

describe('fraudstream evaluate', () => {
  it('ends with one JSON object and writes the page', async () => {
    const html = join(folder, 'report.html');
    const { status, stdout } = await run(['evaluate', scoresFile(...SCORES), '--json', '--html', html]);
    expect(status).toBe(0);
    const report = JSON.parse(stdout.trim().split('\n').at(-1)!) as object;
    expect(report).toMatchObject({ source: 'scores.jsonl', scores: 4, quality: { auc: { value: 0.75 } }, missed: [] });
    expect(readFileSync(html, 'utf8')).toContain('</html>');
  });

  it('exits with 1 and names what was missed', async () => {
    const { status, stderr } = await run(['evaluate', scoresFile(...SCORES), '--fail-under', 'auc=0.7,ap=0.99']);
    expect(stderr).toMatch(/^missed: ap is 0\.\d{4}, below 0\.99$/m);
    expect(stderr).not.toContain('auc');
    expect(status).toBe(1);
  });

  it.each([
    ['{"score":2}', /scores\.jsonl:2: its score is not a number from 0 to 1/],
    ['{"score":', /scores\.jsonl:2: no JSON at /],
  ])('names the line of %s', async (line, words) => {
    const { status, stderr } = await run(['evaluate', scoresFile(SCORES[0]!, line)]);
    expect(stderr).toMatch(words);
    expect(status).toBe(65);
  });

  it.each([
    [
      'in every field',
      JSON.stringify({ ...JSON.parse(score(0.9, 1)), transactionId: CARD, modelDigest: CARD, sourceTopic: CARD }),
    ],
    ['in a field that is wrong', JSON.stringify({ score: CARD })],
    ['just before what is no JSON', `{"transactionId":${CARD} "x"}`],
  ])('tells no card number that stands %s', async (_where, line) => {
    const html = join(folder, 'card.html');
    const words = ['evaluate', scoresFile(...SCORES, line), '--json', '--html', html];
    const { status, stdout, stderr } = await run(words, { LOG_LEVEL: 'debug' });
    const told = stdout + stderr + (status === 0 ? readFileSync(html, 'utf8') : '');
    expect(told).toMatch(/\[card …1111\]|scores\.jsonl:6: /);
    expect(told).not.toMatch(/\d{8}1111|1111\d{4}/);
  });

  it('names a file that is not there', async () => {
    const { status, stderr } = await run(['evaluate', join(folder, 'absent.jsonl')]);
    expect(stderr).toMatch(/^error: cannot read .*absent\.jsonl/);
    expect(status).toBe(65);
  });
});
