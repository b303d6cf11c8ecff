// Damages the words of a command, so that the frame stays whole and the command itself is reached.
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

const NUMBERS = [
  ...['0', '1', '-1', '2', '100', '-9223372036854775808', '9223372036854775807', '9223372036854775808'],
  ...['2147483647', '4294967295', '4294967296', '1e308', 'inf', '-inf', 'nan', '0.1', '00', '+1', ' 1', '1e400'],
];
const TEXTS = ['', '\0', '\r\n', '*', '[', '__proto__', 'constructor', '\xff\xfe', 'k'.repeat(1000), '|>', '{}'];

type Mutation = (words: Uint8Array[], random: Random, vocabulary: readonly Uint8Array[]) => Uint8Array[];

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Any word but the command's name. */
const place = (words: readonly Uint8Array[], random: Random): number => 1 + random.below(Math.max(1, words.length - 1));

const replaceWith =
  (make: (random: Random, vocabulary: readonly Uint8Array[], word: Uint8Array) => Uint8Array): Mutation =>
  (words, random, vocabulary) => {
    const at = place(words, random);
    if (at < words.length) words[at] = make(random, vocabulary, words[at]!);
    return words;
  };

const MUTATIONS: readonly Mutation[] = [
  replaceWith((random) => latin1(random.pick(NUMBERS))),
  replaceWith((random) => latin1(random.pick(TEXTS))),
  replaceWith((random, vocabulary) => random.pick(vocabulary)),
  replaceWith((random, vocabulary, word) =>
    word.length === 0 ? word : mutateBytes(word, random.pick(vocabulary), random),
  ),
  (words, random) => words.filter((_, i) => i === 0 || !random.chance(20)),
  (words, random, vocabulary) => words.toSpliced(place(words, random), 0, random.pick(vocabulary)),
  (words, random) => [...words, ...words.slice(place(words, random))],
];

export function mutateWords(
  words: readonly Uint8Array[],
  vocabulary: readonly Uint8Array[],
  random: Random,
): readonly Uint8Array[] {
  let mutant = [...words];
  for (let left = random.below(4); left > 0; left--) mutant = random.pick(MUTATIONS)(mutant, random, vocabulary);
  return mutant;
}
