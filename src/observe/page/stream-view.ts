// A snapshot onto the screen.
import type { Snapshot } from '../live/snapshot.ts';
import { drawHistogram, drawSeries } from './charts.ts';
import { byId, fillRows, say, type Cell } from './dom.ts';
import { clock, duration, money, score, share, whole } from './format.ts';
import { verdictOf } from './page-state.ts';

const number = (text: string): Cell => ({ text, style: 'number' });

export function showSnapshot(snapshot: Snapshot): void {
  const verdict = verdictOf(snapshot);
  document.body.dataset['state'] = verdict.state;
  say('state', verdict.words);
  byId('trouble').hidden = verdict.trouble === '';
  say('trouble', verdict.trouble);
  const { stream } = snapshot;
  say('road', `${stream.transactionsTopic} → ${stream.scoresTopic} · group ${stream.groupId} · ${stream.delivery}`);
  showFigures(snapshot);
  showCharts(snapshot);
  showPartitions(snapshot);
  showSuspects(snapshot);
  say('digest', snapshot.modelDigest === null ? '' : `model ${snapshot.modelDigest.slice(0, 12)}`);
}

function showFigures({ totals, history, partitions }: Snapshot): void {
  const lag = partitions.reduce((sum, partition) => sum + partition.lag, 0);
  say('rate', whole(history.scored.at(-1) ?? 0));
  say('scored', `${whole(totals.scored)} since the start`);
  say('p50', duration(lastOf(history.p50)));
  say('p99', duration(lastOf(history.p99)));
  say('lag', whole(lag));
  say('lag-of', partitions.length === 1 ? 'in one partition' : `in ${partitions.length} partitions`);
  say('flagged', whole(totals.flagged));
  say('flagged-of', share(totals.flagged, totals.scored));
  say('dead', whole(totals.deadLettered));
  byId('dead').dataset['alarm'] = String(totals.deadLettered > 0);
  say('retried', `${whole(totals.retried)} batches tried again`);
}

const lastOf = (values: readonly (number | null)[]): number | null =>
  values.findLast((value) => value !== null) ?? null;

function showCharts({ history, scores, scoresA, scoresB, stream, disagreement }: Snapshot): void {
  const most = Math.max(...history.scored);
  const rate = { values: history.scored, style: 'line', filled: true };
  drawSeries(byId('rate-chart'), [rate], 'count', `At most ${whole(most)} a second in the last two minutes`);
  drawSeries(
    byId('latency-chart'),
    [
      { values: history.p99, style: 'line second' },
      { values: history.p50, style: 'line' },
    ],
    'ms',
    `Median ${duration(lastOf(history.p50))}, 99 % ${duration(lastOf(history.p99))}`,
  );
  const { threshold, devices } = stream;
  drawHistogram(byId('score-chart'), scores, threshold, 'Histogram of the scores so far');
  say('threshold-note', `From ${threshold} on a transaction is called fraud.`);
  [scoresA, scoresB].forEach((counts, index) => {
    const id = index === 0 ? 'a' : 'b';
    say(`device-${id}`, devices[index] ?? '');
    say(`suspect-${id}`, devices[index] ?? '');
    drawHistogram(byId(`device-${id}-chart`), counts, threshold, `Histogram of the scores of ${devices[index] ?? ''}`);
  });
  const apart =
    disagreement === null
      ? ''
      : `They are ${disagreement < 1e-6 ? 'less than 0.000001' : disagreement.toPrecision(2)} apart on average.`;
  say('disagreement', apart);
}

const LAG_SHOWN_MIN = 1_000;

function showPartitions({ partitions }: Snapshot): void {
  // A few in hand are no backlog: they should not fill the bar.
  const most = Math.max(LAG_SHOWN_MIN, ...partitions.map(({ lag }) => lag));
  byId('no-partitions').hidden = partitions.length > 0;
  fillRows(
    'partitions',
    partitions.map(({ partition, position, lag }) => [
      { text: String(partition) },
      number(whole(position)),
      number(whole(lag)),
      { text: '' },
    ]),
  );
  [...byId('partitions').children].forEach((row, index) => {
    const bar = document.createElement('meter');
    [bar.max, bar.value] = [most, partitions[index]!.lag];
    bar.setAttribute('aria-label', `lag of partition ${partitions[index]!.partition}`);
    row.lastElementChild!.append(bar);
  });
}

function showSuspects({ suspects }: Snapshot): void {
  byId('no-suspects').hidden = suspects.length > 0;
  fillRows(
    'suspects',
    suspects.map((suspect) => [
      { text: clock(suspect.scoredAt) },
      { text: suspect.transactionId, style: 'key-cell' },
      number(money(suspect.amount)),
      number(score(suspect.score)),
      number(score(suspect.scoreA)),
      number(score(suspect.scoreB)),
      number(String(suspect.references)),
      number(`${suspect.partition}:${suspect.offset}`),
    ]),
  );
}
