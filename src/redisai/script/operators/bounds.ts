// What one run of a script may take of the engine: how large a text or list may grow, all of them together, and how much
// products of matrices may multiply, since a single one can take minutes and the clock is looked at between operations.
import { ScriptError } from '../script.ts';

const LIST_MAX = 1 << 24;
const TEXT_MAX = 1 << 24;
/** Bytes that the tensors, lists and texts of a run may take, all together: a bound on what can be alive at once. */
const RUN_BYTES_MAX = 1024 ** 3;
/** Lists and texts lie in JavaScript's heap, which is smaller than the memory that tensors have: they weigh eight times. */
const ITEM_WEIGHT = 8 * 8;
const CHARACTER_WEIGHT = 8;

/** More than any processor of today does here, so that a run of many small products is ended by the clock as all others. */
const MULTIPLICATIONS_PER_MS = 5_000_000;

let bytesLeft = RUN_BYTES_MAX;
let multiplicationsLeft = 0;

/** A new run begins. Runs do not overlap but for a model inside a script, which starts the count anew. */
export function resetCharges(milliseconds: number): void {
  bytesLeft = RUN_BYTES_MAX;
  multiplicationsLeft = milliseconds * MULTIPLICATIONS_PER_MS;
}

/** @throws ScriptError where the run has taken all that it may */
export function charge(bytes: number): void {
  bytesLeft -= bytes;
  if (bytesLeft < 0) throw new ScriptError(`this run would take more than ${RUN_BYTES_MAX} bytes of memory`);
}

/** @throws ScriptError where the run could not do so many in the time that it has */
export function chargeMultiplications(count: number): void {
  multiplicationsLeft -= count;
  if (multiplicationsLeft < 0) throw new ScriptError('products of matrices would take longer than this run may');
}

export function chargeItems(count: number): void {
  charge(count * ITEM_WEIGHT);
}

/** The length that a list is about to have. */
export function checkListLength(length: number): void {
  if (length > LIST_MAX) throw new ScriptError(`a list would have more than ${LIST_MAX} items`);
  chargeItems(length);
}

/** The length that a text is about to have. */
export function checkTextLength(length: number): void {
  if (length > TEXT_MAX) throw new ScriptError(`a text would have more than ${TEXT_MAX} bytes`);
  charge(length * CHARACTER_WEIGHT);
}

export function boundedText(text: string): string {
  checkTextLength(text.length);
  return text;
}
