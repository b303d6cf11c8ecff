// The rows of the fault table that run, in the order in which they run.
import type { Row } from './row.ts';
import { row01 } from './rows/row-01-kill-consumer.ts';
import { row02 } from './rows/row-02-kill-broker.ts';
import { row05 } from './rows/row-05-kill-engine.ts';
import { row06 } from './rows/row-06-stop-engine.ts';
import { row07 } from './rows/row-07-empty-engine.ts';
import { row08 } from './rows/row-08-zombie.ts';
import { row10 } from './rows/row-10-stale-start.ts';
import { row11 } from './rows/row-11-rebalance-storm.ts';
import { row12 } from './rows/row-12-lost-response.ts';
import { row14 } from './rows/row-14-poison.ts';
import { row15 } from './rows/row-15-nonsense.ts';
import { row22 } from './rows/row-22-faulty-replies.ts';
import { row25 } from './rows/row-25-sigterm.ts';
import { row34 } from './rows/row-34-defect.ts';
import { row35 } from './rows/row-35-silent-stall.ts';
import { row36 } from './rows/row-36-no-dead-letters.ts';

export const ROWS: readonly Row[] = [
  row01,
  row08,
  row10,
  row12,
  row02,
  row05,
  row06,
  row07,
  row11,
  row14,
  row22,
  row25,
  row34,
  row35,
  row36,
  row15,
];
