// One attack: what is sent over one connection. The same seed makes the same bytes.
import { frame } from '../helpers/raw-client.ts';
import { bytesOf, isAllowed, type ModelFile, type Words } from './corpus.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateScript } from './mutate-script.ts';
import { mutateWords } from './mutate-words.ts';
import { Random } from './random.ts';

export interface Corpus {
  readonly commands: readonly Words[];
  readonly models: readonly ModelFile[];
  readonly scripts: readonly string[];
}

export const FRAMES_PER_ATTACK = 25;
export const FILES_PER_ATTACK = 10;
const PIECES_MAX = 40;

/** Commands with damaged words; the last frames are damaged as bytes, after which little is understood. */
export function frameAttack({ commands }: Corpus, seed: number): Uint8Array[] {
  const random = new Random(seed);
  const vocabulary = Array.from({ length: 16 }, () => random.pick(random.pick(commands)));
  const frames: Buffer[] = [];
  while (frames.length < FRAMES_PER_ATTACK) {
    const words = mutateWords(random.pick(commands), vocabulary, random);
    if (words.length === 0 || !isAllowed(words)) continue;
    const whole = frame(...words);
    const isLate = frames.length >= FRAMES_PER_ATTACK - 3;
    frames.push(isLate ? mutateBytes(whole, frame(...random.pick(commands)), random) : whole);
  }
  const bytes = Buffer.concat(frames);
  return random.chance(25) ? cut(bytes, random) : [bytes];
}

/** Damaged models and scripts, each stored and, should it be accepted, run. */
export function fileAttack(corpus: Corpus, seed: number): Uint8Array[] {
  const random = new Random(seed);
  const frames: Words[] = [];
  for (let file = 0; file < FILES_PER_ATTACK; file++) {
    frames.push(...(random.chance(50) ? modelCommands(corpus, random) : scriptCommands(corpus, random)));
  }
  return [Buffer.concat(frames.map((words) => frame(...words)))];
}

function modelCommands({ models }: Corpus, random: Random): Words[] {
  const { backend, blob, inputs, outputs, feeds } = random.pick(models);
  const mutant = mutateBytes(blob, random.pick(models).blob, random, 2);
  const names =
    inputs.length === 0
      ? []
      : ['INPUTS', String(inputs.length), ...inputs, 'OUTPUTS', String(outputs.length), ...outputs];
  const run = ['INPUTS', String(feeds.length), ...feeds, 'OUTPUTS', '1', 'o'];
  return [
    bytesOf('AI.MODELDEL', 'm'),
    [...bytesOf('AI.MODELSTORE', 'm', backend, random.pick(['CPU', 'CPU:1']), ...names, 'BLOB'), mutant],
    bytesOf('AI.MODELEXECUTE', 'm', ...run),
  ];
}

function scriptCommands({ scripts }: Corpus, random: Random): Words[] {
  const source = mutateScript(random.pick(scripts), random.pick(scripts), random);
  const functions = [...source.matchAll(/def (\w+)\(tensors/g)].map((match) => match[1]!).slice(0, 3);
  const entries = functions.slice(0, 1);
  const store = ['AI.SCRIPTSTORE', 's', 'CPU', 'ENTRY_POINTS', String(entries.length), ...entries, 'SOURCE'];
  const run = ['KEYS', '2', 'hash', 'string', 'INPUTS', '2', 't', 'r', 'OUTPUTS', '1', 'o'];
  return [
    bytesOf('AI.SCRIPTDEL', 's'),
    [...bytesOf(...store), Buffer.from(source)],
    ...functions.map((name) => bytesOf('AI.SCRIPTEXECUTE', 's', name, ...run)),
  ];
}

function cut(bytes: Buffer, random: Random): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  while (at < bytes.length && pieces.length < PIECES_MAX) {
    const end = at + 1 + random.below(random.chance(50) ? 4 : 512);
    pieces.push(bytes.subarray(at, end));
    at = end;
  }
  return at < bytes.length ? [...pieces, bytes.subarray(at)] : pieces;
}
