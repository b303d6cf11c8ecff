// What every bench does with its report: a page where one was asked for, lines or JSON on stdout, goals as the exit code.
import type { Goal } from '../../bench/goals.ts';
import { EXIT } from '../../core/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { writeReport } from '../write-report.ts';

export interface ReportViews<Report> {
  readonly lines: (report: Report) => readonly string[];
  readonly page: (report: Report, machine: string) => string;
}

/** `machine` as it was before the bench. @returns the exit code */
export async function tellReport<Report extends { readonly goals: readonly Goal[] }>(
  { settings, print, tell }: CommandContext,
  machine: string,
  report: Report,
  { lines, page }: ReportViews<Report>,
): Promise<number> {
  if (settings.html !== undefined) {
    await writeReport(settings.html, page(report, machine));
    tell(`wrote ${settings.html}`);
  }
  if (settings.json) print(JSON.stringify({ machine, ...report }));
  else for (const line of [machine, ...lines(report)]) print(line);
  return settings.assertGoals && report.goals.some(({ met }) => !met) ? EXIT.failure : 0;
}
