// The rows of the fault table that run, in the order in which they run.
import type { Row } from './row.ts';
import { row01 } from './rows/row-01-kill-consumer.ts';
import { row02 } from './rows/row-02-kill-broker.ts';
import { row03 } from './rows/row-03-restart-broker.ts';
import { row04 } from './rows/row-04-stop-broker.ts';
import { row05 } from './rows/row-05-kill-engine.ts';
import { row06 } from './rows/row-06-stop-engine.ts';
import { row07 } from './rows/row-07-empty-engine.ts';
import { row08 } from './rows/row-08-zombie.ts';
import { row09 } from './rows/row-09-stolen-id.ts';
import { row10 } from './rows/row-10-stale-start.ts';
import { row11 } from './rows/row-11-rebalance-storm.ts';
import { row12 } from './rows/row-12-lost-response.ts';
import { row13 } from './rows/row-13-slow-transactions.ts';
import { row14 } from './rows/row-14-poison.ts';
import { row15 } from './rows/row-15-nonsense.ts';
import { row16 } from './rows/row-16-same-again.ts';
import { row17 } from './rows/row-17-out-of-order.ts';
import { row19 } from './rows/row-19-no-scores-topic.ts';
import { row20 } from './rows/row-20-expired.ts';
import { row22 } from './rows/row-22-faulty-replies.ts';
import { row23 } from './rows/row-23-expired-references.ts';
import { row24 } from './rows/row-24-clock.ts';
import { row25 } from './rows/row-25-sigterm.ts';
import { row26 } from './rows/row-26-sigterm-alone.ts';
import { row27 } from './rows/row-27-large-records.ts';
import { row28 } from './rows/row-28-small-topic.ts';
import { row34 } from './rows/row-34-defect.ts';
import { row35 } from './rows/row-35-silent-stall.ts';
import { row36 } from './rows/row-36-no-dead-letters.ts';
import { row38 } from './rows/row-38-kafkajs-reader.ts';
import { row39 } from './rows/row-39-cluster.ts';
import { row40 } from './rows/row-40-live-history.ts';

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
  row03,
  row04,
  row09,
  row13,
  row15,
  row16,
  row17,
  row19,
  row20,
  row23,
  row24,
  row26,
  row27,
  row28,
  row38,
  row39,
  row40,
];
