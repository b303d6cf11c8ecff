// `fraudstream doctor`: would a consumer run well with these settings? A line for each thing that was looked at.
import { counted } from '../../core/counted.ts';
import type { Line } from '../../doctor/examine.ts';
import { gravest, SEVERITIES } from '../../doctor/finding.ts';
import type { CommandContext } from '../command-context.ts';
import { examinePeers } from './examination.ts';

/** By severity, so that a script can go on with warnings. */
const EXIT_CODES = { ok: 0, warning: 1, error: 2 } as const;

export async function runDoctor({ settings, log, signal, print }: CommandContext): Promise<number> {
  const show = (line: Line): void => {
    for (const text of settings.json ? [JSON.stringify(line)] : lineTexts(line)) print(text);
  };
  const lines = await examinePeers({ settings, log, signal, tell: show });
  if (!settings.json) print(summary(lines));
  return EXIT_CODES[gravest(lines)];
}

function lineTexts({ severity, check, message, next }: Line): string[] {
  const first = `${severity.padEnd(8)} ${check.padEnd(13)} ${message}`;
  return next === undefined ? [first] : [first, `${' '.repeat(22)} next: ${next}`];
}

function summary(lines: readonly Line[]): string {
  const counts = SEVERITIES.map((severity) => lines.filter((line) => line.severity === severity).length);
  const [well, warnings, errors] = counts as [number, number, number];
  return `${well} ok, ${counted(warnings, 'warning')}, ${counted(errors, 'error')}`;
}
