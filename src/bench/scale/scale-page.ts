// The report of the bench of scale as a page.
import { benchPage } from '../bench-page.ts';
import { whole } from '../goals.ts';
import { loadCards } from '../pipeline/pipeline-page.ts';
import type { ScaleBenchReport } from './scale-bench.ts';

export function scalePage({ loads, runs, rows, goals }: ScaleBenchReport, machine: string): string {
  return benchPage({
    bench: 'scale',
    title: 'What more consumers and engines bring',
    machine,
    facts: [
      ['Runs', String(runs)],
      ['Transactions a load', whole(rows)],
    ],
    goals,
    cards: loadCards(loads),
  });
}
