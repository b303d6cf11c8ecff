// The report of the pipeline's bench as a person reads it.
import { goalLine, inRange, whole } from '../goals.ts';
import type { Spread } from '../spread.ts';
import type { PipelineBenchReport } from './pipeline-bench.ts';

export function pipelineReportLines(report: PipelineBenchReport): string[] {
  return [
    ...loadLines(report),
    `exactly once against kafkajs alone:             ${inRange(report.perCeiling, 2)}`,
    `exactly once against one transaction at a time: ${inRange(report.perOneAtATime, 1)}`,
    `with live history against without:              ${inRange(report.withLiveHistory, 2)}`,
    '',
    ...report.goals.map(goalLine),
    '',
  ];
}

/** The table of all loads. */
export function loadLines({ loads }: Pick<PipelineBenchReport, 'loads'>): string[] {
  return [
    '',
    `${''.padEnd(70)}${'per second'.padStart(11)}${'[min – max]'.padStart(20)}${'CPU s a million:'.padStart(18)}`,
    `${''.padEnd(101)}${'worker'.padStart(10)}${'engine'.padStart(8)}${'broker'.padStart(8)}`,
    ...loads.map(loadLine),
    '',
  ];
}

function loadLine({ name, perSecond, workerCpu, engineCpu, brokerCpu }: PipelineBenchReport['loads'][number]): string {
  const range = `[${whole(perSecond.min)} – ${whole(perSecond.max)}]`;
  const cpu = `${seconds(workerCpu).padStart(10)}${seconds(engineCpu).padStart(8)}${seconds(brokerCpu).padStart(8)}`;
  return `${name.padEnd(70)}${whole(perSecond.median).padStart(11)}${range.padStart(20)}${cpu}`;
}

const seconds = ({ median }: Spread): string => (Number.isNaN(median) ? '–' : median.toFixed(1));
