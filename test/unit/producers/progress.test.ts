// What a replay shows where there is no terminal.
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { progressDisplay, summaryOf } from '../../../producers/progress.ts';

const progress = (rows: number) => ({ rows, ratePerSecond: 1234.4, fraction: 0.5, etaSeconds: 2.1 });

it('shows a line at first and one at the end, not one for every batch', () => {
  const out = new PassThrough();
  const display = progressDisplay(out);
  for (let rows = 1; rows <= 100; rows++) display.show(progress(rows));
  display.end();
  display.end();
  expect((out.read() as Buffer).toString()).toBe(
    'replayed 1 transactions, 1,234/s, 3 s left\nreplayed 100 transactions, 1,234/s, 3 s left\n',
  );
});

it('leaves out the time left where the end cannot be foreseen', () => {
  expect(summaryOf({ ...progress(1500), fraction: undefined, etaSeconds: undefined })).toBe(
    '1,500 transactions, 1,234/s',
  );
});

it('says once that all is done', () => {
  const out = new PassThrough();
  const display = progressDisplay(out);
  for (let times = 0; times < 2; times++) display.show({ ...progress(500), fraction: 1, etaSeconds: 0 });
  display.end();
  expect((out.read() as Buffer).toString()).toBe('replayed 500 transactions, 1,234/s\n');
});
