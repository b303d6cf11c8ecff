// The report of an engine's bench as a person reads it.
import type { EngineBenchReport } from './engine-bench.ts';
import { goalLine, inRange, whole } from './goals.ts';

export function engineReportLines(report: EngineBenchReport): string[] {
  const { heavy, memory, dagPerSet } = report;
  return [
    '',
    `${''.padEnd(44)}${'per second'.padStart(12)}${'[min – max]'.padStart(26)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'engine µs'.padStart(11)}`,
    ...report.loads.map(loadLine),
    '',
    `a DAG in SETs of as many bytes:     ${inRange(dagPerSet, 2)}`,
    `two heavy models, both on CPU:      ${inRange(heavy.oneDeviceMs, 1)} ms`,
    `two heavy models, CPU and CPU:1:    ${inRange(heavy.twoDevicesMs, 1)} ms; ${inRange(heavy.ratio, 2)} times as fast`,
    ...(memory === undefined
      ? []
      : [
          `memory over ${whole(memory.dags)} DAGs:  ${memory.firstMebibytes.toFixed(0)} → ${memory.lastMebibytes.toFixed(0)} MiB, ${memory.mebibytesPerMillion.toFixed(1)} MiB for each million`,
        ]),
    '',
    ...report.goals.map(goalLine),
    '',
  ];
}

function loadLine({ name, perSecond, p50Ms, p99Ms, engineMicroseconds }: EngineBenchReport['loads'][number]): string {
  const range = `[${whole(perSecond.min)} – ${whole(perSecond.max)}]`;
  const times = `${p50Ms.median.toFixed(3).padStart(9)}${p99Ms.median.toFixed(3).padStart(9)}`;
  const cpu = engineMicroseconds.median.toFixed(1).padStart(11);
  return `${name.padEnd(44)}${whole(perSecond.median).padStart(12)}${range.padStart(26)}${times}${cpu}`;
}
