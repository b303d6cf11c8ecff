// What a demo run comes to: figures, and how they are shown to a person.
import { median } from '../../core/median.ts';
import type { LabelScores, Outcomes } from './outcomes.ts';

export interface DemoReport {
  readonly transactions: number;
  readonly scored: number;
  readonly deadLettered: number;
  /** Replayed, and neither scored nor dead-lettered. */
  readonly missing: number;
  readonly duplicates: number;
  /** From the first transaction sent to the last score read back. */
  readonly seconds: number;
  readonly ratePerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly labels: readonly LabelReport[];
}

export interface LabelReport {
  readonly label: 'genuine' | 'fraud' | 'unlabelled';
  readonly count: number;
  readonly medianScore: number;
  /** At or above the threshold. */
  readonly flagged: number;
}

export function demoReport(outcomes: Outcomes, transactions: number, startedMs: number): DemoReport {
  const seconds = Math.max((outcomes.lastSeenMs ?? startedMs) - startedMs, 1) / 1000;
  const { latency } = outcomes;
  return {
    transactions,
    scored: outcomes.scored,
    deadLettered: outcomes.deadLettered,
    missing: transactions - outcomes.distinct,
    duplicates: outcomes.duplicates,
    seconds: round(seconds, 3),
    ratePerSecond: Math.round(outcomes.distinct / seconds),
    latencyMs: { p50: round(latency.percentileMs(50) ?? 0, 1), p99: round(latency.percentileMs(99) ?? 0, 1) },
    labels: outcomes.byLabel().map(labelReport),
  };
}

function labelReport({ label, scores, flagged }: LabelScores): LabelReport {
  return {
    label: label === null ? 'unlabelled' : label === 1 ? 'fraud' : 'genuine',
    count: scores.length,
    medianScore: round(median(scores), 6),
    flagged,
  };
}

export interface SummaryContext {
  readonly threshold: number;
  readonly scoresTopic: string;
  readonly delivery: string;
  /** How fast the replay was: a burst waits for itself. */
  readonly paced: boolean;
  readonly consoleConsumer: string;
  /** False where the broker goes with the demo. */
  readonly staysUp: boolean;
}

export function summaryLines(report: DemoReport, context: SummaryContext): string[] {
  const { scored, deadLettered, missing, duplicates, transactions, latencyMs } = report;
  const burst = context.paced ? '' : ', the whole replay in one burst; --rate 100 shows one transaction at a time';
  return [
    '',
    `  ${number(transactions)} transactions: ${number(scored)} scored, ${number(deadLettered)} dead-lettered, ${number(missing)} missing, ${number(duplicates)} duplicated (${context.delivery})`,
    `  ${number(report.ratePerSecond)} per second; ${report.seconds.toFixed(2)} s from the first sent to the last read back`,
    `  latency p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms (record timestamp to committed score${burst})`,
    '',
    `  label        count   median score   flagged (score ≥ ${context.threshold})`,
    ...report.labels.map(labelLine),
    '',
    context.staysUp
      ? `  See the scores on the topic ${context.scoresTopic} yourself:`
      : `  With --keep everything stays up, the live page too, and this shows the scores on the topic ${context.scoresTopic}:`,
    `  ${context.consoleConsumer}`,
    '',
  ];
}

function labelLine({ label, count, medianScore, flagged }: LabelReport): string {
  const share = count === 0 ? 0 : (100 * flagged) / count;
  return `  ${label.padEnd(10)} ${number(count).padStart(7)}   ${medianScore.toFixed(6).padStart(12)}   ${number(flagged)} (${share.toFixed(1)} %)`;
}

const number = (value: number): string => value.toLocaleString('en');

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
