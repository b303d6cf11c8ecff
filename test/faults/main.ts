// Entry of `npm run faults`: plays rows of the fault table against real processes. Exit 0 only if every row holds.
import { Command, Option } from 'commander';
import { ROWS } from './rows.ts';
import type { Row } from './row.ts';
import { runRows } from './run-rows.ts';

interface Flags {
  readonly rows?: string;
  readonly kills?: string;
  readonly records?: string;
  readonly seed: string;
  readonly json?: boolean;
}

const tell = (words: string): void => void process.stderr.write(`${words}\n`);

function chosenRows(list: string | undefined): readonly Row[] {
  if (list === undefined) return ROWS;
  return list.split(',').map((text) => {
    const row = ROWS.find(({ number }) => String(number) === text.trim());
    if (row === undefined) throw new Error(`no row ${text}; there are ${ROWS.map(({ number }) => number).join(', ')}`);
    return row;
  });
}

function wholeNumber(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${flag} ${text} is not a whole number`);
  return Number(text);
}

const program = new Command('faults')
  .description('Plays rows of the fault table (docs/delivery.md) against real processes.')
  .option('--rows <list>', `which rows, parted by commas (all: ${ROWS.map(({ number }) => number).join(',')})`)
  .option('--kills <n>', 'faults to inject, where a row injects them one by one')
  .option('--records <n>', 'transactions at least')
  .addOption(new Option('--seed <n>', 'the same seed draws the same transactions and moments').default('1'))
  .option('--json', 'one JSON object as the last line of stdout')
  .parse();

/** 128 + SIGINT, as shells report it. */
const EXIT_INTERRUPTED = 130;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => process.exit(EXIT_INTERRUPTED));

const flags = program.opts<Flags>();
const reports = await runRows({
  rows: chosenRows(flags.rows),
  kills: wholeNumber(flags.kills, '--kills'),
  records: wholeNumber(flags.records, '--records'),
  seed: wholeNumber(flags.seed, '--seed')!,
  tell,
});
const isGood = reports.every((report) => report.holds);
if (flags.json === true) process.stdout.write(`${JSON.stringify({ holds: isGood, rows: reports })}\n`);
process.exit(isGood ? 0 : 1);
