// The report opens from a disk without a network, and shows what came from outside as text.
import { describe, expect, it } from 'vitest';
import { Evaluation } from '../../../src/evaluate/evaluation.ts';
import { reportPage } from '../../../src/evaluate/page/report-page.ts';

function pageOf(
  scores: readonly { score: number; label?: number; scoredAt?: number }[],
  source = 'fraud-scores',
): string {
  const evaluation = new Evaluation();
  for (const score of scores) evaluation.add({ sourceTimestamp: 1_700_000_000_000, modelDigest: '<b>', ...score });
  const ranked = evaluation.ranked();
  const latencies = evaluation.latencies.bins();
  return reportPage({ source, ranked, report: evaluation.report(ranked), latencies, missed: [] });
}

const BOTH = [
  { score: 0.9, label: 1, scoredAt: 1_700_000_000_007 },
  { score: 0.2, label: 0, scoredAt: 1_700_000_000_009 },
  { score: 0.7, label: 0, scoredAt: 1_700_000_000_300 },
];

describe('the report page', () => {
  it('fetches nothing and runs nothing', () => {
    const page = pageOf(BOTH);
    expect(page).not.toMatch(/https?:|<script|<link|<img|@import|url\(/);
    expect(page).toContain("default-src 'none'");
  });

  it('shows names from outside as text', () => {
    const page = pageOf(BOTH, '<script>alert(1)</script>');
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<b>');
    expect(page).toContain('&lt;script&gt;');
  });

  it('holds every chart, each with words for those who do not see it', () => {
    const page = pageOf(BOTH);
    expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(5);
  });

  it('has round shares beside the latencies, as many as are there', () => {
    const fast = { score: 0.2, label: 0, scoredAt: 1_700_000_000_001 };
    const slow = { ...fast, scoredAt: 1_700_000_000_900 };
    const page = pageOf([...Array.from({ length: 13 }, () => fast), ...Array.from({ length: 3 }, () => slow)]);
    const ticks = [...page.matchAll(/text-anchor="end">([\d.]+ %)</g)].map(([, text]) => text);
    expect(ticks).toEqual(['0 %', '20 %', '40 %', '60 %', '80 %']);
  });

  it.each([
    ['no score at all', []],
    ['no label', [{ score: 0.5 }]],
    ['one class', [{ score: 0.5, label: 0 }]],
    ['one latency', [{ score: 1, label: 1, scoredAt: 1_700_000_000_000 }]],
  ])('can be drawn of %s, without a number that is none', (_name, scores) => {
    expect(pageOf(scores)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
