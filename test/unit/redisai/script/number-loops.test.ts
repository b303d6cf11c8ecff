// Promise: a loop that takes all numbers of a Redis list at once does what it does when it goes from item to item.
import { describe, expect, it } from 'vitest';
import { compileScript } from '../../../../src/redisai/script/compile.ts';
import { RedisList } from '../../../../src/redisai/script/redis-list.ts';
import { RedisString, type RedisValue, type ScriptHost } from '../../../../src/redisai/script/script.ts';
import { showValue } from './show-value.ts';

const ENTRY = 'def f(tensors: List[Tensor], keys: List[str], args: List[str]):\n    ';
const ITEMS = 'redis.asList(redis.execute("HVALS", key))';
const GATHER = `numbers: List[float] = []\n    for key in keys:\n        for value in ${ITEMS}:\n            numbers.append(float(str(value)))\n    `;

/** What the keys hold: the item-by-item form gets arrays, which keep no numbers. */
const HASHES: Readonly<Record<string, readonly string[]>> = {
  a: ['1', '-2.5', '1e3', '0x10', 'inf'],
  b: ['0.1', '-0'],
  empty: [],
  bad: ['7', 'seven', '8'],
  worse: ['7', '9 lives'],
  long: Array.from({ length: 700 }, (_, i) => String(i / 8)),
  endless: Array.from({ length: 5000 }, (_, i) => String(i)),
};

const hostOf = (list: (texts: readonly string[]) => RedisValue): ScriptHost => ({
  execute: (_command, [key]) => (key === 'number' ? 5 : list(HASHES[key!]!)),
});

const AT_ONCE = hostOf((texts) => new RedisList(texts));
const ONE_BY_ONE = hostOf((texts) => texts.map((text) => new RedisString(text)));

/** The result, or the whole error with its place in the source. */
function outcome(source: string, keys: readonly string[], host: ScriptHost, steps?: number): string {
  const script = compileScript(source, { milliseconds: 60_000, ...(steps === undefined ? {} : { steps }) });
  try {
    return script.run('f', [], keys, [], host).map(showValue).join('; ');
  } catch (error) {
    return String(error);
  }
}

const SCRIPTS: Readonly<Record<string, string>> = {
  'a list, then a tensor': `${GATHER}return torch.tensor(numbers)`,
  'a part of the list': `${GATHER}return torch.tensor(numbers[1:4])`,
  'a part from the end': `${GATHER}return torch.tensor(numbers[-3:])`,
  'a part by steps': `${GATHER}return torch.tensor(numbers[::2])`,
  'a part that is empty': `${GATHER}return torch.tensor(numbers[5:2])`,
  'other dtypes': `${GATHER}return torch.tensor(numbers, dtype=torch.float64), torch.tensor(numbers[:2], dtype=torch.int64), torch.tensor(numbers, dtype=torch.bool)`,
  'single numbers': `${GATHER}return torch.tensor(numbers[0] + numbers[-1])`,
  'a list that is also filled otherwise': `${GATHER}numbers.append(0.5)\n    numbers.extend([3.0])\n    numbers += [4.0]\n    return torch.tensor(numbers)`,
  'a list with two names': `${GATHER}other = numbers\n    other.append(0.5)\n    numbers.append(0.25)\n    return torch.tensor(numbers), torch.tensor(other)`,
  'a list that is begun anew': `${GATHER}first = numbers\n    numbers = []\n    numbers.append(2.0)\n    return torch.tensor(first), torch.tensor(numbers)`,
  'a list that another function fills on': `${GATHER}more(numbers)\n    numbers.append(1.0)\n    return torch.tensor(numbers)\n\ndef more(numbers: List[float]):\n    numbers.append(-1.0)\n    return numbers`,
  'a list for each key': `rows: List[List[float]] = []\n    for key in keys:\n        row: List[float] = []\n        for value in ${ITEMS}:\n            row.append(float(str(value)))\n        rows.append(row)\n    return torch.tensor(rows)`,
  'lists of one function run twice': `return row(keys), row(keys)\n\ndef row(keys: List[str]):\n    ${GATHER}return torch.tensor(numbers)`,
  'a list that is a parameter': `out: List[float] = [1.0]\n    fill(out, keys)\n    return torch.tensor(out)\n\ndef fill(numbers: List[float], keys: List[str]):\n    for key in keys:\n        for value in ${ITEMS}:\n            numbers.append(float(str(value)))\n    return 0`,
  'a comprehension': `numbers: List[float] = []\n    for key in keys:\n        numbers += [float(str(value)) for value in ${ITEMS}]\n    return torch.tensor(numbers)`,
  'comprehensions as rows': `return [torch.tensor([float(str(value)) for value in ${ITEMS}]) for key in keys]`,
  'numbers and texts of one list': `${GATHER}texts: List[str] = []\n    for key in keys:\n        for value in ${ITEMS}:\n            texts.append(str(value))\n    return torch.tensor(numbers), torch.tensor(len(texts))`,
  'the item after the loop': `${GATHER}value = redis.execute("GET", "number")\n    for key in keys:\n        for value in ${ITEMS}:\n            numbers.append(float(str(value)))\n    numbers.append(float(str(value)))\n    return torch.tensor(numbers)`,
  'numbers with their index': `${GATHER}for key in keys:\n        for i, value in enumerate(${ITEMS}):\n            numbers.append(float(str(value)) * i)\n    return torch.tensor(numbers)`,
  'how many there are': `${GATHER}return torch.tensor(len(numbers))`,
  'str, isinstance and length of what came': `v = redis.execute("HVALS", keys[0])\n    texts = str(v)\n    if isinstance(v, List[Any]):\n        texts += "list"\n    return torch.tensor(len(texts) + len(redis.asList(v)))`,
};

const KEYS = [
  [],
  ['a'],
  ['a', 'b'],
  ['empty'],
  ['b', 'empty', 'a'],
  ['a', 'bad'],
  ['worse'],
  ['long'],
  ['endless'],
  ['a', 'number'],
];

describe.each(Object.entries(SCRIPTS))('%s', (_name, body) => {
  it.each(KEYS.map((keys) => [keys.join(' '), keys] as const))('is the same for the keys [%s]', (_, keys) => {
    const source = `${ENTRY}${body}\n`;
    expect(outcome(source, keys, AT_ONCE)).toBe(outcome(source, keys, ONE_BY_ONE));
  });
});

describe('steps', () => {
  it.each(['a list, then a tensor', 'a comprehension'])('are counted as many for %s', (name) => {
    const source = `${ENTRY}${SCRIPTS[name]!}\n`;
    const outcomes = (host: ScriptHost): string[] =>
      Array.from({ length: 40 }, (_, steps) => outcome(source, ['a', 'long', 'b'], host, 700 + steps));
    const atOnce = outcomes(AT_ONCE);
    expect(atOnce).toEqual(outcomes(ONE_BY_ONE));
    expect(atOnce.filter((text) => text.includes('more steps than it may')).length).toBeGreaterThan(5);
    expect(atOnce.filter((text) => text.startsWith('FLOAT')).length).toBeGreaterThan(5);
  });

  it('run out before the item that is no number, or after it, in both forms', () => {
    const source = `${ENTRY}${GATHER}return torch.tensor(numbers)\n`;
    for (let steps = 1; steps < 16; steps += 1) {
      expect(outcome(source, ['a', 'bad'], AT_ONCE, steps)).toBe(outcome(source, ['a', 'bad'], ONE_BY_ONE, steps));
    }
  });
});
