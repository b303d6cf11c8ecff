// The reports of benches (`bench pipeline --json`, `bench latency --json`) → what the model is fed with.
import { FraudstreamError, EXIT } from '../core/errors.ts';
import { MEASURED, measuredFrom, type CostPoint, type Measured } from './measured.ts';

/** Loads of `bench pipeline` that differ in the size of their Kafka transactions only. */
const COST_LOAD = /^exactly-once, 4 partitions, batches of (\d+)$/;
/** The load of `bench latency` with little to do. */
const COMMIT_LOAD = /^exactly-once, 10 %/;

interface Load {
  readonly name?: unknown;
  readonly [figure: string]: unknown;
}

/** Of what no report tells, the default stays. @throws FraudstreamError MEASURED_UNKNOWN where none tells anything */
export function readMeasured(reports: readonly unknown[]): Measured {
  const loads = reports.flatMap((report) => (report as { loads?: readonly Load[] } | null)?.loads ?? []);
  const points = loads.flatMap(costPoint);
  const commitMs = loads.flatMap((load) => (COMMIT_LOAD.test(nameOf(load)) ? figure(load, 'publishMs') : []))[0];
  if (points.length < 2 && commitMs === undefined) throw nothingMeasured();
  const measured = points.length < 2 ? MEASURED : measuredFrom(points);
  return { ...measured, commitMs: commitMs ?? MEASURED.commitMs };
}

function costPoint(load: Load): CostPoint[] {
  const batchRecords = Number(COST_LOAD.exec(nameOf(load))?.[1]);
  const figures = ['workerCpu', 'engineCpu', 'brokerCpu'].flatMap((name) => figure(load, name));
  if (!Number.isFinite(batchRecords) || figures.length < 3) return [];
  const [worker, engine, broker] = figures as [number, number, number];
  return [{ batchRecords, worker, engine, broker }];
}

const nameOf = ({ name }: Load): string => (typeof name === 'string' ? name : '');

/** The median; nothing where it is none, as where the system did not tell. */
function figure(load: Load, name: string): number[] {
  const median = (load[name] as { median?: unknown } | undefined)?.median;
  return typeof median === 'number' && Number.isFinite(median) ? [median] : [];
}

function nothingMeasured(): FraudstreamError {
  return new FraudstreamError('MEASURED_UNKNOWN', 'no report names what a transaction costs', {
    next: 'give the last line of `fraudstream bench pipeline --json`, of `bench latency --json`, or both',
    exitCode: EXIT.data,
  });
}
