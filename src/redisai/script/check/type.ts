// The static types of scripts: every expression has one before anything runs.
import type { ModuleInstance } from './function-unit.ts';

export type PrimitiveName = 'Tensor' | 'int' | 'float' | 'bool' | 'str' | 'None' | 'Any' | 'Scalar' | 'Device';

export type Type =
  | { readonly kind: PrimitiveName }
  | { readonly kind: 'List'; readonly of: Type }
  | { readonly kind: 'Optional'; readonly of: Type }
  | { readonly kind: 'Dict'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'Tuple'; readonly items: readonly Type[] }
  /** Stands for any type in the signature of an operator: the same one wherever the name is the same. */
  | { readonly kind: 'Variable'; readonly name: string }
  /** A part of a saved module: each is known when the module is loaded, and has a type of its own. */
  | { readonly kind: 'Module'; readonly instance: ModuleInstance }
  /** A function that a variable stands for. */
  | { readonly kind: 'Function'; readonly name: string };

const primitive = (kind: PrimitiveName): Type => ({ kind });

export const TENSOR = primitive('Tensor');
export const INT = primitive('int');
export const FLOAT = primitive('float');
export const BOOL = primitive('bool');
export const STR = primitive('str');
export const NONE = primitive('None');
/** What redis.execute gives: text, a number, nothing, or a list of those. */
export const ANY = primitive('Any');
/** A number whose kind is known only when the script runs, as tensor.item() gives it. */
export const SCALAR = primitive('Scalar');
export const DEVICE = primitive('Device');

export const listOf = (of: Type): Type => ({ kind: 'List', of });
export const tupleOf = (items: readonly Type[]): Type => ({ kind: 'Tuple', items });
export const dictOf = (key: Type, value: Type): Type => ({ kind: 'Dict', key, value });
export const optionalOf = (of: Type): Type =>
  of.kind === 'Optional' || of.kind === 'None' ? of : { kind: 'Optional', of };

/** As TorchScript writes it, e.g. List[Tensor]. Equal types have equal texts. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case 'List':
      return `List[${typeText(type.of)}]`;
    case 'Optional':
      return `Optional[${typeText(type.of)}]`;
    case 'Dict':
      return `Dict[${typeText(type.key)}, ${typeText(type.value)}]`;
    case 'Tuple':
      return `Tuple[${type.items.map(typeText).join(', ')}]`;
    case 'Variable':
      return type.name;
    case 'Module':
      return type.instance.name;
    case 'Function':
      return `Function[${type.name}]`;
    case 'None':
      return 'NoneType';
    case 'Scalar':
      return 'number';
    default:
      return type.kind;
  }
}

export function sameType(a: Type, b: Type): boolean {
  return a === b || (a.kind === b.kind && typeText(a) === typeText(b));
}

/** True where a value of type `a` may stand wherever one of type `b` may. */
export function isSubtype(a: Type, b: Type): boolean {
  if (sameType(a, b)) return true;
  if (b.kind === 'Optional') return a.kind === 'None' || isSubtype(a.kind === 'Optional' ? a.of : a, b.of);
  if (a.kind === 'Tuple' && b.kind === 'Tuple') {
    return a.items.length === b.items.length && a.items.every((item, i) => isSubtype(item, b.items[i]!));
  }
  return false;
}

/** The type that both can stand for, if there is one. */
export function join(a: Type, b: Type): Type | undefined {
  if (isSubtype(a, b)) return b;
  if (isSubtype(b, a)) return a;
  if (a.kind === 'None') return optionalOf(b);
  if (b.kind === 'None') return optionalOf(a);
  if (a.kind === 'Optional' || b.kind === 'Optional') {
    const inner = join(a.kind === 'Optional' ? a.of : a, b.kind === 'Optional' ? b.of : b);
    return inner === undefined ? undefined : optionalOf(inner);
  }
  return undefined;
}

export const isNumber = (type: Type): boolean => type.kind === 'int' || type.kind === 'float' || type.kind === 'bool';
