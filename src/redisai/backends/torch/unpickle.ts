// Reads pickles as torch writes them into saved modules. Nothing that a pickle names is ever run: globals are names, and
// only the few functions of BUILDERS make anything of their arguments.
import { BackendError } from '../model.ts';

/** A class or function that the pickle names. */
export class PickledGlobal {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** An instance of a class: its state by attribute. */
export class PickledObject {
  readonly className: string;
  state: ReadonlyMap<PickleValue, PickleValue> = new Map();
  constructor(className: string) {
    this.className = className;
  }
}

/** Whatever the reader of persistent ids and BUILDERS give: a storage or a tensor. */
export interface PickledExtra {
  readonly extra: unknown;
}

export type PickleValue =
  | number
  | string
  | boolean
  | null
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickledGlobal
  | PickledObject
  | PickledExtra;

export interface PickleReaders {
  /** What a persistent id stands for. */
  persistent(id: readonly PickleValue[]): PickleValue;
  /** What a function gives, by its full name; undefined where it is not known. */
  build(name: string, args: readonly PickleValue[]): PickleValue | undefined;
}

/** @throws BackendError where the pickle is damaged, or holds what saved modules do not */
export function unpickle(bytes: Uint8Array, readers: PickleReaders): PickleValue {
  return new Unpickler(bytes, readers).run();
}

type Operation = (machine: Unpickler) => void;

/** The opcodes that torch writes. */
const OPERATIONS: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x80, (m) => m.skip(1)], // PROTO
  [code('('), (m) => m.mark()],
  [code(')'), (m) => m.push([])],
  [code('}'), (m) => m.push(new Map())],
  [code(']'), (m) => m.push([])],
  [code('N'), (m) => m.push(null)],
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  [code('K'), (m) => m.push(m.unsigned(1))],
  [code('M'), (m) => m.push(m.unsigned(2))],
  [code('J'), (m) => m.push(m.unsigned(4) | 0)],
  [0x8a, (m) => m.push(m.long())], // LONG1
  [code('G'), (m) => m.push(m.float())],
  [code('X'), (m) => m.push(m.text(m.unsigned(4)))],
  [code('c'), (m) => m.push(new PickledGlobal(`${m.line()}.${m.line()}`))],
  [code('q'), (m) => m.store(m.unsigned(1))],
  [code('r'), (m) => m.store(m.unsigned(4))],
  [code('h'), (m) => m.recall(m.unsigned(1))],
  [code('j'), (m) => m.recall(m.unsigned(4))],
  [code('t'), (m) => m.push(m.toMark())],
  [0x85, (m) => m.push(m.last(1))],
  [0x86, (m) => m.push(m.last(2))],
  [0x87, (m) => m.push(m.last(3))],
  [code('a'), (m) => m.append(m.last(1))],
  [code('e'), (m) => m.append(m.toMark())],
  [code('s'), (m) => m.setItems(m.last(2))],
  [code('u'), (m) => m.setItems(m.toMark())],
  [code('Q'), (m) => m.persistent()],
  [code('R'), (m) => m.reduce()],
  [0x81, (m) => m.newObject()],
  [code('b'), (m) => m.build()],
]);
const STOP = code('.');

function code(char: string): number {
  return char.charCodeAt(0);
}

class Unpickler {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #readers: PickleReaders;
  readonly #memo = new Map<number, PickleValue>();
  readonly #marks: number[] = [];
  /** Every operation takes at least a byte and pushes one value at most: the pickle's own length bounds it. */
  #stack: PickleValue[] = [];
  #at = 0;

  constructor(bytes: Uint8Array, readers: PickleReaders) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#readers = readers;
  }

  run(): PickleValue {
    for (let operation = this.unsigned(1); operation !== STOP; operation = this.unsigned(1)) {
      const run = OPERATIONS.get(operation);
      if (run === undefined)
        throw new BackendError(`the model's pickle has an operation 0x${operation.toString(16)} that is not supported`);
      run(this);
    }
    return this.pop();
  }

  skip(bytes: number): void {
    if (this.#at + bytes > this.#bytes.length) throw damaged();
    this.#at += bytes;
  }

  unsigned(bytes: 1 | 2 | 4): number {
    const at = this.#at;
    this.skip(bytes);
    if (bytes === 1) return this.#bytes[at]!;
    return bytes === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  float(): number {
    const at = this.#at;
    this.skip(8);
    return this.#view.getFloat64(at, false);
  }

  /** An integer of up to 255 bytes, little-endian, in two's complement. */
  long(): number {
    const count = this.unsigned(1);
    let value = 0n;
    for (let i = 0; i < count; i++) value |= BigInt(this.unsigned(1)) << BigInt(8 * i);
    const number = Number(BigInt.asIntN(8 * count, value));
    if (!Number.isSafeInteger(number))
      throw new BackendError('the model has an int beyond 2^53, which is not supported');
    return number;
  }

  text(bytes: number): string {
    const at = this.#at;
    this.skip(bytes);
    return Buffer.from(this.#bytes.subarray(at, at + bytes)).toString('utf8');
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw damaged();
    const text = this.text(end - this.#at);
    this.skip(1);
    return text;
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || this.#stack.length < (this.#marks.at(-1) ?? 0)) throw damaged();
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  toMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged();
    return this.#stack.splice(mark);
  }

  last(count: number): PickleValue[] {
    if (this.#stack.length - count < (this.#marks.at(-1) ?? 0)) throw damaged();
    return this.#stack.splice(-count);
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw damaged();
    return value;
  }

  store(slot: number): void {
    this.#memo.set(slot, this.#top());
  }

  recall(slot: number): void {
    const value = this.#memo.get(slot);
    if (value === undefined) throw damaged();
    this.push(value);
  }

  append(items: readonly PickleValue[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw damaged();
    for (const item of items) list.push(item);
  }

  setItems(items: readonly PickleValue[]): void {
    const dict = this.#top();
    if (!(dict instanceof Map) || items.length % 2 !== 0) throw damaged();
    for (let i = 0; i < items.length; i += 2) dict.set(items[i]!, items[i + 1]!);
  }

  persistent(): void {
    const id = this.pop();
    if (!Array.isArray(id)) throw damaged();
    this.push(this.#readers.persistent(id));
  }

  reduce(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof PickledGlobal) || !Array.isArray(args)) throw damaged();
    const value = this.#readers.build(callee.name, args);
    if (value === undefined) throw new BackendError(`the model's pickle calls ${callee.name}, which is not supported`);
    this.push(value);
  }

  newObject(): void {
    this.pop();
    const type = this.pop();
    if (!(type instanceof PickledGlobal)) throw damaged();
    this.push(new PickledObject(type.name));
  }

  build(): void {
    const state = this.pop();
    const object = this.#top();
    if (!(object instanceof PickledObject)) throw damaged();
    if (!(state instanceof Map))
      throw new BackendError(`the state of ${object.className} is restored by __setstate__, which is not supported`);
    object.state = state;
  }
}

const damaged = (): BackendError => new BackendError("the model's pickle is damaged");
