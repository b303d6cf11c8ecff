// How large a list or a text of a script may grow. Tensors have the bounds of the engine's allocator.
import { ScriptError } from '../script.ts';

const LIST_MAX = 1 << 24;
const TEXT_MAX = 1 << 26;

/** The length that a list is about to have. */
export function checkListLength(length: number): void {
  if (length > LIST_MAX) throw new ScriptError(`a list would have more than ${LIST_MAX} items`);
}

/** The length that a text is about to have. */
export function checkTextLength(length: number): void {
  if (length > TEXT_MAX) throw new ScriptError(`a text would have more than ${TEXT_MAX} bytes`);
}

export function boundedText(text: string): string {
  checkTextLength(text.length);
  return text;
}
