// Row 15: records that can be read and cannot be meant: NaN, infinity, negative amounts, the year 10000, no id.
import { NONSENSE } from '../rig/poison.ts';
import type { Row } from '../row.ts';
import { playPoison } from './row-14-poison.ts';

export const row15: Row = {
  number: 15,
  name: 'numbers that cannot be meant',
  promise: 'one dead letter each; never a score of nonsense',
  run: (rig, options) => playPoison(rig, options, 'row-15', NONSENSE),
};
