// From an annotation, parsed as an expression, to a type.
import type { Source } from '../source.ts';
import type { Expression } from '../syntax/ast.ts';
import { dottedName } from './dotted-name.ts';
import {
  ANY,
  BOOL,
  DEVICE,
  dictOf,
  FLOAT,
  INT,
  listOf,
  NONE,
  optionalOf,
  SCALAR,
  STR,
  TENSOR,
  tupleOf,
  type Type,
} from './type.ts';

const NAMED: ReadonlyMap<string, Type> = new Map(
  Object.entries({
    Tensor: TENSOR,
    'torch.Tensor': TENSOR,
    int: INT,
    float: FLOAT,
    bool: BOOL,
    str: STR,
    None: NONE,
    NoneType: NONE,
    Any: ANY,
    number: SCALAR,
    Scalar: SCALAR,
    Device: DEVICE,
    'torch.device': DEVICE,
  }),
);

/** Generic types: how many types they take (-1: any number), and what they make of them. */
const GENERIC: ReadonlyMap<string, readonly [number, (types: readonly Type[]) => Type]> = new Map(
  Object.entries({
    List: [1, (types) => listOf(types[0]!)],
    Optional: [1, (types) => optionalOf(types[0]!)],
    Dict: [2, (types) => dictOf(types[0]!, types[1]!)],
    Tuple: [-1, tupleOf],
    Final: [1, (types) => types[0]!],
  }),
);
const KEY_TYPES: ReadonlySet<string> = new Set(['int', 'float', 'str', 'bool']);

export function typeOf(annotation: Expression, source: Source): Type {
  const type = named(annotation) ?? generic(annotation, source);
  if (type === undefined) throw source.errorAt(annotation.at, 'this type is not in the supported subset');
  if (type.kind === 'Dict' && !KEY_TYPES.has(type.key.kind)) {
    throw source.errorAt(annotation.at, 'the keys of a dict must be int, float, bool or str');
  }
  return type;
}

function named(annotation: Expression): Type | undefined {
  if (annotation.kind === 'none') return NONE;
  const name = dottedName(annotation);
  return name === undefined ? undefined : NAMED.get(name);
}

function generic(annotation: Expression, source: Source): Type | undefined {
  if (annotation.kind !== 'subscript') return undefined;
  const name = dottedName(annotation.object)?.replace(/^typing\./, '') ?? '';
  const [count, make] = GENERIC.get(name.charAt(0).toUpperCase() + name.slice(1)) ?? [];
  if (count === undefined) return undefined;
  const types = annotation.indices.map((index) => {
    if (index.kind !== 'at') throw source.errorAt(annotation.at, 'a type is expected between these brackets');
    return index.value.kind === 'tuple' && index.value.items.length === 0 ? undefined : typeOf(index.value, source);
  });
  const given = types.filter((type) => type !== undefined);
  return count >= 0 && given.length !== count ? undefined : make!(given);
}
