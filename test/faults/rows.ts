// The rows of the fault table that run, in the order in which they run.
import type { Row } from './row.ts';
import { row01 } from './rows/row-01-kill-consumer.ts';

export const ROWS: readonly Row[] = [row01];
