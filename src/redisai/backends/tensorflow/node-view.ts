// A node as an operator's rule sees it while the model is loaded: attributes by name and type, and constant inputs.
import type { NumericDtype } from '../../tensor/dtype.ts';
import type { NumericData, Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import { constantOf, dtypeOfType } from './constants.ts';
import type { AttributeValue, GraphNode } from './graph-def.ts';

type Kind = AttributeValue['kind'];
type ValueOf<K extends Kind> = Extract<AttributeValue, { kind: K }> extends { value: infer V } ? V : never;

export class NodeView {
  readonly name: string;
  readonly op: string;
  readonly inputCount: number;
  readonly #node: GraphNode;
  readonly #constants: readonly (Tensor | undefined)[];
  readonly #read = new Set<string>();
  #outputCount = 1;
  #flops = 0;
  #flopsKnown = true;

  /** @param constants for each input its value, where it is known at load */
  constructor(node: GraphNode, constants: readonly (Tensor | undefined)[]) {
    this.name = node.name;
    this.op = node.op;
    this.inputCount = constants.length;
    this.#node = node;
    this.#constants = constants;
  }

  get outputCount(): number {
    return this.#outputCount;
  }

  /** Work for one row, as far as the rules have told. */
  get flops(): number | undefined {
    return this.#flopsKnown ? this.#flops : undefined;
  }

  /** How many tensors the kernel gives, when it is an array of them. */
  gives(count: number): void {
    this.#outputCount = count;
  }

  /** What one row of input costs; undefined when that depends on more than the constants. */
  costs(flops: number | undefined): void {
    if (flops === undefined) this.#flopsKnown = false;
    else this.#flops += flops;
  }

  constant(input: number): Tensor | undefined {
    return this.#constants[input];
  }

  type(attribute: string, standard?: NumericDtype): NumericDtype {
    const type = this.#optional(attribute, 'type');
    if (type === undefined && standard !== undefined) return standard;
    return dtypeOfType(type ?? 0, `${this.where}, attribute ${attribute}`);
  }

  /** `type` where only FLOAT and DOUBLE will do. */
  real(attribute: string): 'FLOAT' | 'DOUBLE' {
    const dtype = this.type(attribute);
    if (dtype !== 'FLOAT' && dtype !== 'DOUBLE') this.refuse(`data type ${dtype} is not supported`);
    return dtype;
  }

  int(attribute: string, standard: number): number {
    return this.#optional(attribute, 'int') ?? standard;
  }

  float(attribute: string, standard: number): number {
    return this.#optional(attribute, 'float') ?? standard;
  }

  bool(attribute: string, standard: boolean): boolean {
    return this.#optional(attribute, 'bool') ?? standard;
  }

  text(attribute: string, standard: string): string {
    return this.#optional(attribute, 'text') ?? standard;
  }

  ints(attribute: string, standard: readonly number[]): readonly number[] {
    return this.#optional(attribute, 'ints') ?? standard;
  }

  shape(attribute: string): readonly number[] | undefined {
    return this.#optional(attribute, 'shape');
  }

  tensor(attribute: string, bytesMax: number): Tensor {
    const value = this.#optional(attribute, 'tensor');
    if (value === undefined) this.refuse(`attribute ${attribute} is missing`);
    return constantOf(value, `${this.where}, attribute ${attribute}`, bytesMax);
  }

  /** An attribute that may have one value only. */
  only(attribute: string, value: string): void {
    const found = this.text(attribute, value);
    if (found !== value) this.refuse(`attribute ${attribute} = ${found} is not supported`);
  }

  /** An attribute that says nothing about results. */
  ignore(...attributes: readonly string[]): void {
    for (const attribute of attributes) this.#read.add(attribute);
  }

  /** Called when the rule is done: what it did not ask for it does not know. */
  checkAllRead(): void {
    for (const [name, { kind }] of this.#node.attributes) {
      // Those of an underscore are notes of TensorFlow's to itself; an element type shows again in the operands.
      const harmless = name.startsWith('_') || kind === 'type';
      if (!harmless && !this.#read.has(name)) this.refuse(`attribute ${name} is not supported`);
    }
  }

  refuse(reason: string): never {
    throw new BackendError(`${this.where}: ${reason}`);
  }

  get where(): string {
    return `node "${this.name}" (op ${this.op})`;
  }

  #optional<K extends Kind>(attribute: string, kind: K): ValueOf<K> | undefined {
    this.#read.add(attribute);
    const found = this.#node.attributes.get(attribute);
    if (found === undefined) return undefined;
    if (found.kind !== kind) this.refuse(`attribute ${attribute} is not of kind ${kind}`);
    return (found as unknown as { value: ValueOf<K> }).value;
  }
}

/** The elements of a tensor of whole numbers: axes, shapes, paddings. */
export function numbersOf(value: Tensor): number[] {
  return Array.from<number | bigint, number>(value.data as NumericData, Number);
}
