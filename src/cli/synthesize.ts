// `fraudstream synthesize`: synthetic card transactions as CSV, to a file or a pipe.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { synthesize, writeLines } from '../../producers/synthesize.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import type { CommandContext } from './command-context.ts';

export async function runSynthesize({ settings, tell }: CommandContext): Promise<undefined> {
  const { synthesizeRows: rows, seed, fraudRate, start, cards, output } = settings;
  const lines = synthesize({ rows, seed, fraudRate, start, cards });
  if (output === '-') {
    await writeLines(lines, process.stdout);
    return;
  }
  await writeFile(lines, output);
  tell(`wrote ${rows} transactions to ${output}`);
}

async function writeFile(lines: Iterable<string>, path: string): Promise<void> {
  const file = createWriteStream(path);
  try {
    await once(file, 'open');
    await writeLines(lines, file);
    file.end();
    await once(file, 'close');
  } catch (cause) {
    throw new FraudstreamError('OUTPUT_NOT_WRITTEN', `cannot write ${path}: ${messageOf(cause)}`, {
      next: 'give a path in a folder that exists and that you may write to',
      exitCode: EXIT.failure,
      cause,
    });
  }
}
