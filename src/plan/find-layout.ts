// The smallest layout that keeps a promise: no part busier than leaves room for a bad minute, and the 99th percentile within bounds.
import type { Measured } from './measured.ts';
import { predict, type Layout, type Prediction } from './pipeline-model.ts';

/** What is left beyond is for peaks, for what a lost process leaves to the others, and for catching up. */
export const UTILISATION_MAX = 0.7;
/** A consumer that has more of them spends itself on small Kafka transactions. */
const PARTITIONS_PER_CONSUMER_MAX = 16;
const STEPS_MAX = 120;

export interface Plan {
  readonly perSecond: number;
  readonly layout: Layout;
  readonly prediction: Prediction;
}

/** Undefined where no number of processes brings the 99th percentile down to `p99MsMax`. */
export function findPlan(perSecond: number, p99MsMax: number, measured: Measured): Plan | undefined {
  const plans = Array.from({ length: PARTITIONS_PER_CONSUMER_MAX }, (_, index) =>
    growUntilItHolds(perSecond, p99MsMax, measured, index + 1),
  );
  const size = ({ layout }: Plan): number => layout.consumers + layout.engines + layout.brokerCores;
  return plans
    .filter((plan) => plan !== undefined)
    .reduce<Plan | undefined>((best, plan) => (best === undefined || size(plan) < size(best) ? plan : best), undefined);
}

function growUntilItHolds(
  perSecond: number,
  p99MsMax: number,
  measured: Measured,
  partitionsPerConsumer: number,
): Plan | undefined {
  let layout: Layout = { partitions: partitionsPerConsumer, consumers: 1, engines: 1, brokerCores: 1 };
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const prediction = predict(perSecond, layout, measured);
    const grown = grow(layout, prediction, partitionsPerConsumer);
    if (grown === undefined && prediction.p99Ms <= p99MsMax) return { perSecond, layout, prediction };
    layout = grown ?? quickest(perSecond, measured, moreOfOne(layout, partitionsPerConsumer));
  }
  return undefined;
}

/** What is too busy, by as much as it is; undefined where nothing is. */
function grow(layout: Layout, { utilisation }: Prediction, partitionsPerConsumer: number): Layout | undefined {
  const needed = (count: number, busy: number): number =>
    busy <= UTILISATION_MAX ? count : Math.max(count + 1, Math.ceil((count * Math.min(busy, 100)) / UTILISATION_MAX));
  const consumers = needed(layout.consumers, utilisation.consumers);
  const engines = needed(layout.engines, utilisation.engines);
  const brokerCores = needed(layout.brokerCores, utilisation.brokers);
  const isEnough = consumers === layout.consumers && engines === layout.engines && brokerCores === layout.brokerCores;
  return isEnough ? undefined : { partitions: consumers * partitionsPerConsumer, consumers, engines, brokerCores };
}

/** Nothing is too busy, and it still takes too long: a tenth more of one part. */
function moreOfOne(layout: Layout, partitionsPerConsumer: number): readonly Layout[] {
  const more = (count: number): number => count + Math.ceil(count / 10);
  const consumers = more(layout.consumers);
  return [
    { ...layout, consumers, partitions: consumers * partitionsPerConsumer },
    { ...layout, engines: more(layout.engines) },
    { ...layout, brokerCores: more(layout.brokerCores) },
  ];
}

function quickest(perSecond: number, measured: Measured, layouts: readonly Layout[]): Layout {
  const times = layouts.map((layout) => predict(perSecond, layout, measured).p99Ms);
  return layouts[times.indexOf(Math.min(...times))]!;
}
