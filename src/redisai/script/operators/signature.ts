// Signatures of operators, read from PyTorch's notation:
//
//   name(type name[=default], …, *, keyword-only…) -> type
//   type := Tensor | int | float | bool | str | Scalar | Any | Device | lower-case variable | type[] | type? | Dict(type, type) | (type, …)
//
// `self!` instead of `self` says that the operator writes into it.
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
} from '../check/type.ts';
import type { OperatorParameter } from './operator.ts';

interface Signature {
  readonly name: string;
  readonly parameters: readonly OperatorParameter[];
  readonly returns: Type;
  readonly writes: boolean;
}

const PRIMITIVES: Readonly<Record<string, Type>> = {
  Tensor: TENSOR,
  int: INT,
  float: FLOAT,
  bool: BOOL,
  str: STR,
  Scalar: SCALAR,
  Any: ANY,
  Device: DEVICE,
  None: NONE,
};

export function parseSignature(text: string): Signature {
  const [, name, inside, returns] = /^([\w:]+)\((.*)\) -> (.+)$/.exec(text) ?? [];
  if (name === undefined) throw new Error(`not a signature: ${text}`);
  const parameters: OperatorParameter[] = [];
  let keywordOnly = false;
  for (const part of splitOutside(inside!)) {
    if (part === '*') keywordOnly = true;
    else parameters.push(parseParameter(part, keywordOnly));
  }
  return { name, parameters, returns: parseType(returns!), writes: inside!.includes('!') };
}

function parseParameter(text: string, keywordOnly: boolean): OperatorParameter {
  const [, type, name, value] = /^(.+?) (\w+)!?(?:=(.+))?$/.exec(text)!;
  return {
    name: name!,
    type: parseType(type!),
    default: value === undefined ? undefined : parseDefault(value),
    required: value === undefined,
    keywordOnly,
  };
}

function parseDefault(text: string): unknown {
  if (text === 'None') return null;
  if (text === 'True' || text === 'False') return text === 'True';
  return JSON.parse(text.replaceAll("'", '"'));
}

function parseType(text: string): Type {
  if (text.endsWith('?')) return optionalOf(parseType(text.slice(0, -1)));
  if (text.endsWith('[]')) return listOf(parseType(text.slice(0, -2)));
  const dict = /^Dict\((.+)\)$/.exec(text);
  if (dict !== null) {
    const [key, value] = splitOutside(dict[1]!);
    return dictOf(parseType(key!), parseType(value!));
  }
  if (text.startsWith('(')) return tupleOf(splitOutside(text.slice(1, -1)).map(parseType));
  return PRIMITIVES[text] ?? { kind: 'Variable', name: text };
}

/** At the commas that stand outside brackets. */
function splitOutside(text: string): string[] {
  return text.split(/,\s*(?![^(]*\))(?![^[]*\])/).filter((part) => part !== '');
}
