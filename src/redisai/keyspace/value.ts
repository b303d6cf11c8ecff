// What a key can hold. The data types have their classes beside this file; AI values are defined by the AI commands.
import type { HashValue } from './hash-value.ts';
import type { ListValue } from './list-value.ts';
import type { SetValue } from './set-value.ts';
import type { SortedSetValue } from './sorted-set-value.ts';
import type { StringValue } from './string-value.ts';

/** A tensor, a model or a script. Replaced as a whole, never changed in place, except for counters of its own. */
export interface AiValue {
  /** As TYPE answers. */
  readonly type: 'AI_TENSOR' | 'AI__MODEL' | 'AI_SCRIPT';
  readonly memoryBytes: number;
  /** Bytes from which the engine's module makes the value again (DUMP, RESTORE). */
  dump(): Uint8Array;
}

export type DataValue = StringValue | HashValue | ListValue | SetValue | SortedSetValue;
export type Value = DataValue | AiValue;
export type ValueType = Value['type'];

/** A collection without elements does not exist: its key is removed. */
export function isEmptyCollection(value: Value): boolean {
  switch (value.type) {
    case 'hash':
    case 'list':
    case 'set':
    case 'zset':
      return value.size === 0;
    default:
      return false;
  }
}

export function isAiValue(value: Value): value is AiValue {
  return value.type === 'AI_TENSOR' || value.type === 'AI__MODEL' || value.type === 'AI_SCRIPT';
}
