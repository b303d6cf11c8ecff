// The parts of a saved module: the objects of its pickle with the classes of its code. Each part has functions of its own,
// in which `self` is that part, so that everything about it is known when the module is compiled.
import { typeOf } from '../../script/check/annotation.ts';
import type { FunctionUnit, ModuleInstance } from '../../script/check/function-unit.ts';
import type { Tree } from '../../script/check/tree.ts';
import { TENSOR, typeText, type Type } from '../../script/check/type.ts';
import { TensorPerRun } from '../../script/operators/tensor/memory.ts';
import type { Source } from '../../script/source.ts';
import type { ClassDefinition } from '../../script/syntax/parse-module.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { BackendError } from '../model.ts';
import { PickledTensor } from './pickled-tensor.ts';
import { PickledObject, type PickleValue } from './unpickle.ts';

export interface LocatedClass {
  readonly definition: ClassDefinition;
  readonly source: Source;
}

const PARTS_MAX = 10_000;
/** Numbers and texts in the attributes of one part: lists may name one another many times over. */
const VALUES_MAX = 100_000;

export class ModuleParts {
  readonly #classes: ReadonlyMap<string, LocatedClass>;
  readonly #parts = new Map<PickledObject, ModulePart>();
  /** True where functions write into tensors: then each run has copies of the module's, which stay as they are. */
  readonly writesTensors: boolean;

  constructor(classes: ReadonlyMap<string, LocatedClass>, writesTensors: boolean) {
    this.#classes = classes;
    this.writesTensors = writesTensors;
  }

  partOf(object: PickledObject): ModulePart {
    const known = this.#parts.get(object);
    if (known !== undefined) return known;
    const located = this.#classes.get(object.className);
    if (located === undefined) throw new BackendError(`the model's archive has no code for ${object.className}`);
    if (this.#parts.size >= PARTS_MAX) throw new BackendError(`the model has more than ${PARTS_MAX} parts`);
    const part = new ModulePart(`module${this.#parts.size}`, object, located, this);
    this.#parts.set(object, part);
    return part;
  }

  /** The methods of the object and of all parts below it. */
  units(root: PickledObject): FunctionUnit[] {
    const units: FunctionUnit[] = [];
    // Grows while it is run through: parts are numbered in the order in which they are met.
    this.partOf(root);
    for (const [object, part] of this.#parts) {
      for (const value of object.state.values()) if (value instanceof PickledObject) this.partOf(value);
      units.push(...part.units());
    }
    return units;
  }
}

export class ModulePart implements ModuleInstance {
  readonly name: string;
  readonly #object: PickledObject;
  readonly #located: LocatedClass;
  readonly #parts: ModuleParts;
  /** Every reading of an attribute is of the same tensor. */
  readonly #tensors = new Map<Tensor, Tree>();
  #valuesLeft = VALUES_MAX;

  constructor(name: string, object: PickledObject, located: LocatedClass, parts: ModuleParts) {
    this.name = name;
    this.#object = object;
    this.#located = located;
    this.#parts = parts;
  }

  units(): FunctionUnit[] {
    const { definition, source } = this.#located;
    return definition.methods.map((method) => ({
      name: `${this.name}.${method.name}`,
      definition: method,
      source,
      self: this,
    }));
  }

  member(name: string): Tree | undefined {
    const value = this.#object.state.get(name);
    if (value === undefined) return undefined;
    if (value instanceof PickledObject) {
      return { kind: 'constant', value: null, type: { kind: 'Module', instance: this.#parts.partOf(value) } };
    }
    const annotation = this.#located.definition.attributes.get(name);
    return annotation === undefined ? undefined : this.#treeOf(value, typeOf(annotation, this.#located.source));
  }

  /** A value of the pickle as a constant of the type that the code gives it. */
  #treeOf(value: PickleValue, type: Type): Tree {
    if (--this.#valuesLeft < 0) throw new BackendError(`a part of the model has more than ${VALUES_MAX} values`);
    if (type.kind === 'Optional')
      return value === null ? { kind: 'constant', value: null, type } : { ...this.#treeOf(value, type.of), type };
    if (value instanceof PickledTensor && type.kind === 'Tensor') return this.#tensorTree(value);
    if (Array.isArray(value) && type.kind === 'List') {
      return { kind: 'list', items: value.map((item) => this.#treeOf(item, type.of)), type };
    }
    if (Array.isArray(value) && type.kind === 'Tuple') {
      return { kind: 'tuple', items: value.map((item, i) => this.#treeOf(item, type.items[i] ?? TENSOR)), type };
    }
    if (value instanceof Map && type.kind === 'Dict') {
      const entries = [...value].map(
        ([key, item]) => [this.#treeOf(key, type.key), this.#treeOf(item, type.value)] as const,
      );
      return { kind: 'dict', entries, type };
    }
    return plainTree(value, type);
  }

  #tensorTree({ extra }: PickledTensor): Tree {
    const known = this.#tensors.get(extra);
    if (known !== undefined) return known;
    const tree = tensorTree(extra, this.#parts.writesTensors);
    this.#tensors.set(extra, tree);
    return tree;
  }
}

/** @param written true where the code may write into it */
export function tensorTree(value: Tensor, written: boolean): Tree {
  if (!written) return { kind: 'pooled', value, type: TENSOR };
  const holder: Tree = { kind: 'pooled', value: new TensorPerRun(value), type: TENSOR };
  return { kind: 'inline', template: '$0.copy', args: [holder], type: TENSOR };
}

const PLAIN: Readonly<Record<string, string>> = { int: 'number', float: 'number', bool: 'boolean', str: 'string' };

function plainTree(value: PickleValue, type: Type): Tree {
  const fits = value === null ? type.kind === 'None' : typeof value === PLAIN[type.kind];
  if (!fits) throw new BackendError(`an attribute of the model is no ${typeText(type)}`);
  return { kind: 'constant', value: value as number | string | boolean | null, type };
}
