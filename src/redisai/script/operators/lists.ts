// Operators and methods of lists, which are JavaScript arrays, shared by all that name them: as Python's.
import { ScriptError } from '../script.ts';
import { chargeItems, checkListLength } from './bounds.ts';
import { sameValue } from './equality.ts';
import { inline, operator, type Operator } from './operator.ts';
import { exact } from './numbers.ts';
import { sliceBounds, type SliceSpec } from './slice.ts';

type List = unknown[];

function position(list: List, index: number): number {
  const at = index < 0 ? index + list.length : index;
  if (at < 0 || at >= list.length) throw new ScriptError('list index out of range');
  return at;
}

function itemAt(list: List, index: number): unknown {
  // The path of nearly every call: one comparison, no arithmetic.
  if (index >= 0 && index < list.length) return list[index];
  return list[position(list, index)];
}

function sliced(list: List, spec: SliceSpec): List {
  const [start, stop, step] = sliceBounds(spec, list.length);
  chargeItems(Math.abs(stop - start));
  if (step === 1) return list.slice(start, Math.max(start, stop));
  const out: List = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) out.push(list[i]);
  return out;
}

function concatenated(a: List, b: List): List {
  checkListLength(a.length + b.length);
  return a.concat(b);
}

function repeated(list: List, times: number): List {
  checkListLength(list.length * times);
  const out: List = [];
  for (let i = 0; i < times; i++) for (const item of list) out.push(item);
  return out;
}

function extend(list: List, more: List): List {
  checkListLength(list.length + more.length);
  const { length } = more;
  for (let i = 0; i < length; i++) list.push(more[i]);
  return list;
}

function insert(list: List, index: number, item: unknown): null {
  const at = Math.min(Math.max(index < 0 ? index + list.length : index, 0), list.length);
  list.splice(at, 0, item);
  return null;
}

function pop(list: List, index: number): unknown {
  if (list.length === 0) throw new ScriptError('pop from empty list');
  const at = index < 0 ? index + list.length : index;
  if (at < 0 || at >= list.length) throw new ScriptError('pop index out of range');
  return at === list.length - 1 ? list.pop() : list.splice(at, 1)[0];
}

function remove(list: List, item: unknown): null {
  const at = list.findIndex((each) => sameValue(each, item));
  if (at < 0) throw new ScriptError('list.remove(x): x not in list');
  list.splice(at, 1);
  return null;
}

function indexOf(list: List, item: unknown): number {
  const at = list.findIndex((each) => sameValue(each, item));
  if (at < 0) throw new ScriptError(`'${String(item)}' is not in list`);
  return at;
}

function setItem(list: List, index: number, item: unknown): null {
  list[position(list, index)] = item;
  return null;
}

type Ordered = number | string | boolean;

function sort(list: Ordered[], reverse: boolean): null {
  const sign = reverse ? -1 : 1;
  list.sort((a, b) => (a < b ? -sign : a > b ? sign : 0));
  return null;
}

function extreme(list: Ordered[], sign: 1 | -1): Ordered {
  if (list.length === 0) throw new ScriptError(`${sign > 0 ? 'max' : 'min'}() arg is an empty sequence`);
  return list.reduce((best, each) => ((sign > 0 ? each > best : each < best) ? each : best));
}

function sum(list: readonly number[]): number {
  let total = 0;
  for (const value of list) total += value;
  return total;
}

function unpack(list: List, count: number): List {
  if (list.length !== count) throw new ScriptError(`Expected ${count} elements in a list but found ${list.length}`);
  return list;
}

/** As the checked tree has them: what the generator writes otherwise for a FloatBuffer is known by these. */
export const APPEND = '($0.push($1), null)';
const LENGTH = '$0.length';
/** What is there alike for a JavaScript array and for a FloatBuffer. */
export const FOR_BUFFERS_TOO: readonly string[] = [APPEND, LENGTH];

const WHOLE: SliceSpec = { start: null, stop: null, step: null };

const forOrdered = (signature: string, run: (list: never, ...rest: never[]) => unknown): Operator[] =>
  ['int', 'float', 'str', 'bool'].map((type) => operator(signature.replaceAll('T', type), run));

export const LISTS: readonly Operator[] = [
  inline('append(t[] self, t item) -> None', APPEND),
  operator('extend(t[] self, t[] other) -> None', (list: List, more: List) => (extend(list, more), null)),
  operator('insert(t[] self, int index, t item) -> None', insert),
  operator('pop(t[] self, int index=-1) -> t', pop),
  operator('remove(t[] self, t item) -> None', remove),
  operator('index(t[] self, t item) -> int', indexOf),
  operator(
    'count(t[] self, t item) -> int',
    (list: List, item: unknown) => list.filter((each) => sameValue(each, item)).length,
  ),
  inline('clear(t[] self) -> None', '($0.splice(0), null)'),
  operator('copy(t[] self) -> t[]', (list: List) => sliced(list, WHOLE)),
  inline('reverse(t[] self) -> None', '($0.reverse(), null)'),
  ...forOrdered('sort(T[] self, bool reverse=False) -> None', sort),
  ...forOrdered('sorted(T[] self, bool reverse=False) -> T[]', (list: Ordered[], reverse: boolean) => {
    const copy = list.slice();
    sort(copy, reverse);
    return copy;
  }),
  ...forOrdered('max(T[] self) -> T', (list: Ordered[]) => extreme(list, 1)),
  ...forOrdered('min(T[] self) -> T', (list: Ordered[]) => extreme(list, -1)),
  operator('prim::sum(int[] self) -> int', (list: number[]) => exact(sum(list))),
  operator('prim::sum(float[] self) -> float', sum),
  operator('prim::sum(bool[] self) -> int', (list: boolean[]) => list.filter(Boolean).length),
  ...['int', 'float', 'bool'].flatMap((type) => [
    inline(`prim::any(${type}[] self) -> bool`, '$0.some(Boolean)'),
    inline(`prim::all(${type}[] self) -> bool`, '$0.every(Boolean)'),
  ]),
  inline('len(t[] self) -> int', LENGTH),
  inline('__not__(t[] self) -> bool', '($0.length === 0)'),
  operator('__getitem__(t[] self, int index) -> t', itemAt),
  operator('_set_item(t[] self, int index, t item) -> None', setItem),
  operator('prim::slice(t[] self, Slice slice) -> t[]', sliced),
  operator('prim::unpack(t[] self, int count) -> t[]', unpack),
  operator('__contains__(t[] self, t item) -> bool', (list: List, item: unknown) =>
    list.some((each) => sameValue(each, item)),
  ),
  operator('add(t[] a, t[] b) -> t[]', concatenated),
  operator('add_(t[] self, t[] other) -> t[]', extend),
  operator('mul(t[] self, int times) -> t[]', repeated),
  operator('mul(int times, t[] self) -> t[]', (times: number, list: List) => repeated(list, times)),
  operator('eq(t[] a, t[] b) -> bool', sameValue),
  operator('ne(t[] a, t[] b) -> bool', (a: List, b: List) => !sameValue(a, b)),
];
