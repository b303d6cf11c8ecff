// Damages bytes in the ways in which they are damaged: bits flip, ends are cut off, pieces are lost, doubled or mixed up.
import type { Random } from './random.ts';

/** Bytes with which headers, lengths and numbers are made. */
const TELLING = [0, 1, 10, 13, 0x24, 0x2a, 0x2d, 0x30, 0x39, 0x7f, 0x80, 0xff];
const PIECE_BYTES_MAX = 64;
const BYTES_MAX = 64 * 1024;

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const flip: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  bytes[at]! ^= 1 << random.below(8);
  return bytes;
};

const overwrite: Mutation = (bytes, random) => {
  bytes[random.below(bytes.length)] = random.chance(50) ? random.pick(TELLING) : random.below(256);
  return bytes;
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, random.below(bytes.length));

const cutOut: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(PIECE_BYTES_MAX))]);
};

const insertPiece: Mutation = (bytes, random, other) => {
  const at = random.below(bytes.length);
  const from = random.below(other.length);
  const piece = other.subarray(from, from + random.below(PIECE_BYTES_MAX));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
};

const splice: Mutation = (bytes, random, other) =>
  Buffer.concat([bytes.subarray(0, random.below(bytes.length)), other.subarray(random.below(other.length))]);

/** A digit becomes another, or many: lengths and counts lie. */
const lie: Mutation = (bytes, random) => {
  const digits = [...bytes.subarray(0, 256).keys()].filter((at) => bytes[at]! >= 0x30 && bytes[at]! <= 0x39);
  if (digits.length === 0) return overwrite(bytes, random, bytes);
  const at = random.pick(digits);
  const number = random.pick(['0', '-1', '9', '99', '2147483647', '4294967296', '9223372036854775807', '1e9', '']);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(number), bytes.subarray(at + 1)]);
};

const MUTATIONS: readonly Mutation[] = [flip, flip, overwrite, truncate, cutOut, insertPiece, splice, lie];

/**
 * @param other what pieces are taken from
 * @param most mutations at most
 */
export function mutateBytes(bytes: Uint8Array, other: Uint8Array, random: Random, most = 4): Buffer {
  let mutant = Buffer.from(bytes);
  for (let left = 1 + random.below(most); left > 0 && mutant.length > 0; left--) {
    mutant = Buffer.from(random.pick(MUTATIONS)(mutant, random, Buffer.from(other)).subarray(0, BYTES_MAX));
  }
  return mutant;
}
