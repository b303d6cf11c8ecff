// Operators and methods of dicts, which are JavaScript Maps: their keys keep the order in which they came.
import { ScriptError } from '../script.ts';
import { chargeItems } from './bounds.ts';
import { inline, operator, type Operator } from './operator.ts';

type Dict = Map<unknown, unknown>;

function found(dict: Dict, key: unknown): unknown {
  const value = dict.get(key);
  if (value === undefined) throw new ScriptError(`KeyError: ${String(key)}`);
  return value;
}

function pop(dict: Dict, key: unknown): unknown {
  const value = found(dict, key);
  dict.delete(key);
  return value;
}

function setDefault(dict: Dict, key: unknown, value: unknown): unknown {
  if (!dict.has(key)) dict.set(key, value);
  return dict.get(key);
}

function update(dict: Dict, other: Dict): null {
  for (const [key, value] of other) dict.set(key, value);
  return null;
}

export const DICTS: readonly Operator[] = [
  inline('len(Dict(k, v) self) -> int', '$0.size'),
  inline('keys(Dict(k, v) self) -> k[]', '[...$0.keys()]'),
  inline('values(Dict(k, v) self) -> v[]', '[...$0.values()]'),
  inline('items(Dict(k, v) self) -> (k, v)[]', '[...$0]'),
  inline('__contains__(Dict(k, v) self, k key) -> bool', '$0.has($1)'),
  operator('__getitem__(Dict(k, v) self, k key) -> v', found),
  inline('_set_item(Dict(k, v) self, k key, v value) -> None', '($0.set($1, $2), null)'),
  inline('get(Dict(k, v) self, k key) -> v?', '($0.get($1) ?? null)'),
  operator('get(Dict(k, v) self, k key, v default) -> v', (dict: Dict, key: unknown, value: unknown) =>
    dict.has(key) ? dict.get(key) : value,
  ),
  operator('pop(Dict(k, v) self, k key) -> v', pop),
  operator('pop(Dict(k, v) self, k key, v default) -> v', (dict: Dict, key: unknown, value: unknown) =>
    dict.has(key) ? pop(dict, key) : value,
  ),
  operator('setdefault(Dict(k, v) self, k key, v default) -> v', setDefault),
  operator('update(Dict(k, v) self, Dict(k, v) other) -> None', update),
  inline('clear(Dict(k, v) self) -> None', '($0.clear(), null)'),
  operator('copy(Dict(k, v) self) -> Dict(k, v)', (dict: Dict) => {
    chargeItems(dict.size);
    return new Map(dict);
  }),
];
