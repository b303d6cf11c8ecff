// Settings of `plan`; it takes --rate too.
import { decimal, list, setting } from './setting.ts';

export const PLAN_SETTINGS = {
  planP99Ms: setting({
    flag: '--p99 <ms>',
    description: 'milliseconds within which 99 of 100 scores are to be visible',
    default: '150',
    schema: decimal(1, 3_600_000),
    commands: ['plan'],
  }),
  planMeasured: setting({
    flag: '--measured <list>',
    description: 'what benches printed with --json (pipeline, latency), instead of the figures of docs/performance.md',
    schema: list.optional(),
    commands: ['plan'],
  }),
};
