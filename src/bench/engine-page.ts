// The report of an engine's bench as a page.
import { benchPage, figureBars, spreadTable, wholeRange } from './bench-page.ts';
import type { EngineBenchReport } from './engine-bench.ts';
import { DAG_ALONE, DAG_PIPELINED, MODEL_PIPELINED, SET_PIPELINED } from './engine-loads.ts';
import { inRange, whole } from './goals.ts';

/** Those that goals speak of. */
const MARKED = [DAG_ALONE, DAG_PIPELINED, MODEL_PIPELINED, SET_PIPELINED].map(({ name }) => name);

export function enginePage(report: EngineBenchReport, machine: string): string {
  const { loads, heavy, memory, dagPerSet, runs, seconds, goals } = report;
  return benchPage({
    bench: 'engine',
    title: 'How fast the engine is',
    machine,
    facts: [
      ['Runs', `${runs} of ${seconds} s each`],
      ['A DAG in SETs', inRange(dagPerSet, 2)],
      ['Two heavy models', `${inRange(heavy.ratio, 2)} × as fast on two devices`],
      ...(memory === undefined
        ? []
        : [['Memory', `${memory.mebibytesPerMillion.toFixed(1)} MiB for each million DAGs`] as const]),
    ],
    goals,
    cards: [
      figureBars('Requests a second', loads, ({ perSecond }) => perSecond, whole, MARKED),
      figureBars(
        'Processor time of the engine for one request, µs',
        loads,
        (load) => load.engineMicroseconds,
        (value) => value.toFixed(1),
        MARKED,
      ),
      spreadTable('All loads', loads, {
        'per second': ({ perSecond }) => wholeRange(perSecond),
        'p50 ms': ({ p50Ms }) => inRange(p50Ms, 3),
        'p99 ms': ({ p99Ms }) => inRange(p99Ms, 3),
        'engine µs': ({ engineMicroseconds }) => inRange(engineMicroseconds, 1),
      }),
    ],
  });
}
