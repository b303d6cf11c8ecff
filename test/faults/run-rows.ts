// Runs rows one after another on one rig, and says of each what came out.
import { Random } from '../../producers/random.ts';
import { holds, type Row, type RowResult } from './row.ts';
import { startRig, type Rig } from './rig/rig.ts';

export interface RunOptions extends RowRunOptions {
  readonly rows: readonly Row[];
}

export interface RowRunOptions {
  readonly seed: number;
  readonly records: number | undefined;
  readonly kills: number | undefined;
  readonly tell: (words: string) => void;
}

/** What is printed of a row. */
export interface RowReport extends Omit<RowResult, 'recoveryMs' | 'checks'> {
  readonly row: number;
  readonly name: string;
  readonly recoveryMs: { readonly p50: number; readonly max: number } | null;
  readonly seed: number;
  readonly seconds: number;
  readonly holds: boolean;
}

export async function runRows(options: RunOptions): Promise<readonly RowReport[]> {
  const rig = await startRig(options.tell);
  const reports: RowReport[] = [];
  try {
    for (const row of options.rows) reports.push(await runRow(rig, row, options));
  } finally {
    const isGood = reports.length === options.rows.length && reports.every((report) => report.holds);
    if (!isGood) options.tell(`logs are kept in ${rig.folder}`);
    await rig.stop(!isGood);
  }
  return reports;
}

export async function runRow(rig: Rig, row: Row, { seed, records, kills, tell }: RowRunOptions): Promise<RowReport> {
  tell(`row ${row.number}: ${row.name}`);
  const startMs = performance.now();
  // Each row draws from the seed anew, so that it can be run again alone.
  const random = new Random(seed * 100 + row.number);
  const rowTell = (words: string): void => tell(`  ${words}`);
  const result = await row.run(rig, { random, seed, records, kills, tell: rowTell }).catch(failed);
  const { recoveryMs, checks, notes, ...counts } = result;
  const broken = checks.filter((check) => !check.holds).map((check) => `does not hold: ${check.words}`);
  const report: RowReport = {
    row: row.number,
    name: row.name,
    ...counts,
    recoveryMs: summary(recoveryMs),
    seed,
    seconds: Math.round((performance.now() - startMs) / 1000),
    holds: holds(result),
    notes: [...broken, ...notes],
  };
  tell(lineOf(report));
  return report;
}

/** A row that could not be played to its end does not hold. */
function failed(error: unknown): RowResult {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const counts = { faults: 0, records: 0, lost: 0, duplicate: 0, misordered: 0, wrong: 0 };
  return { ...counts, recoveryMs: [], checks: [{ words, holds: false }], notes: [] };
}

function summary(values: readonly number[]): RowReport['recoveryMs'] {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor((sorted.length - 1) / 2)]!, max: sorted.at(-1)! };
}

function lineOf(report: RowReport): string {
  const { faults, records, lost, duplicate, misordered, wrong, recoveryMs, seconds, notes } = report;
  const counts = `${lost} lost, ${duplicate} duplicate, ${misordered} misordered, ${wrong} wrong`;
  const recovery = recoveryMs === null ? '' : `, recovery p50 ${recoveryMs.p50} ms, max ${recoveryMs.max} ms`;
  const verdict = report.holds ? 'holds' : 'DOES NOT HOLD';
  const head = `  ${verdict}: ${faults} faults, ${records} records: ${counts}${recovery} (${seconds} s)`;
  return [head, ...notes.map((note) => `    ${note}`)].join('\n');
}
