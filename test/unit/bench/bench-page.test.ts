// Promise: a table of figures fits the page: the range of each stands below it.
import { expect, it } from 'vitest';
import { spreadTable, wholeRange } from '../../../src/bench/bench-page.ts';

it('sets the range below its figure, and leaves a cell without one alone', () => {
  const table = spreadTable('All', [{ name: 'a' }], {
    'per second': () => wholeRange({ median: 1200, min: 1000, max: 1300 }),
    words: () => 'none',
  });
  expect(table).toContain('<td>1,200 <small>[1,000 – 1,300]</small></td><td>none</td>');
});
