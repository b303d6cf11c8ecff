// The loads of the latency bench: both deliveries at shares of what each can do at most.
import { AT_LEAST_ONCE, EXACTLY_ONCE, type PipelineLoad } from '../pipeline/pipeline-load.ts';

export type Delivery = PipelineLoad['delivery'];

export interface LatencyLoad {
  readonly name: string;
  readonly delivery: Delivery;
  /** Of the maximum that the same round has measured. */
  readonly share: number;
}

export const PARTITIONS = 4;

/** How each delivery's most is found: a full topic, worked off. */
export const FULL_LOADS: Readonly<Record<Delivery, PipelineLoad>> = {
  'exactly-once': EXACTLY_ONCE,
  'at-least-once': AT_LEAST_ONCE,
};
export const DELIVERIES = ['exactly-once', 'at-least-once'] as const satisfies readonly Delivery[];

const load = (delivery: Delivery, share: number): LatencyLoad => ({
  name: `${delivery}, ${100 * share} % of the maximum`,
  delivery,
  share,
});

/** Loads that goals speak of. */
export const EXACTLY_ONCE_HALF = load('exactly-once', 0.5);
export const AT_LEAST_ONCE_HALF = load('at-least-once', 0.5);

/** In the order in which a round takes them. */
export const LATENCY_LOADS: readonly LatencyLoad[] = [
  load('exactly-once', 0.1),
  EXACTLY_ONCE_HALF,
  load('exactly-once', 0.8),
  load('at-least-once', 0.1),
  AT_LEAST_ONCE_HALF,
  load('at-least-once', 0.8),
];
