// The work of a recorded run as one function: the loops of all kernels one after the other, with bounds and places as numbers
// and arrays as constants. V8 makes straight code of it, without a call, a check of a bound or a look at a type in between.
import type { NameOf, Work, WriteWork, WrittenWork } from '../../kernels/allocate.ts';
import { EXPRESSION_NAMES } from '../../kernels/loop-code.ts';

/** What a kernel did, and how to write it out where it knows. */
export interface RecordedWork {
  readonly work: Work;
  readonly write: WriteWork | undefined;
}

/** V8 optimises no function whose code is too long. */
const TEXT_LENGTH_MAX = 32 * 1024;
const WORKS_MAX = 512;

/** The works in their order; those that are not written out are called. Undefined where it would be too long to be fast. */
export function writtenRun(works: readonly RecordedWork[]): Work | undefined {
  if (works.length > WORKS_MAX) return undefined;
  const names = new Map<unknown, string>(Object.entries(EXPRESSION_NAMES).map(([name, value]) => [value, name]));
  const nameOf = (value: unknown): string => {
    const name = names.get(value) ?? `v${names.size}`;
    names.set(value, name);
    return name;
  };
  const text = joined(works.map((recorded) => writtenWork(recorded, nameOf)));
  if (text.length > TEXT_LENGTH_MAX) return undefined;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- put together by the kernels from their own tables and from numbers
  const make = new Function(...names.values(), `'use strict'; return () => {\n${text}\n};`) as (
    ...values: unknown[]
  ) => Work;
  return make(...names.keys());
}

function writtenWork({ work, write }: RecordedWork, nameOf: NameOf & ((work: Work) => string)): WrittenWork {
  return write?.(nameOf) ?? { times: undefined, text: `${nameOf(work)}();` };
}

/** Loops that follow one another, run as often and repeat themselves alike become one. */
function joined(works: readonly WrittenWork[]): string {
  const texts: string[] = [];
  for (let at = 0; at < works.length;) {
    const { times } = works[at]!;
    let period: number | undefined = undefined;
    const bodies: string[] = [];
    do {
      period ??= works[at]!.period;
      bodies.push(`{ ${works[at]!.text} }`);
    } while (++at < works.length && times !== undefined && goesOn(works[at]!, times, period));
    texts.push(`${loopHead(times, period)}{ ${bodies.join(' ')} }`);
  }
  return texts.join('\n');
}

function goesOn(next: WrittenWork, times: number, period: number | undefined): boolean {
  return next.times === times && (period === undefined || next.period === undefined || next.period === period);
}

function loopHead(times: number | undefined, period: number | undefined): string {
  if (times === undefined) return '';
  if (period === undefined) return `for (let i = 0; i < ${times}; i += 1) `;
  // A division for every element would take longer than what is done with it.
  return `for (let i = 0; i < ${times};) for (let j = 0; j < ${period}; j += 1, i += 1) `;
}
