// The one reply that a good DAG has, byte for byte but for its three tensors: recognised as a whole, without making objects
// of its parts. Whatever differs is read in full by reply-reader.ts and judged by score.ts.

/** What score.ts would have read from the reply; the values are still to be looked at. */
export class SoundReply {
  readonly score: number;
  readonly scoreA: number;
  readonly scoreB: number;

  constructor(bytes: Buffer, start: number) {
    this.scoreA = bytes.readFloatLE(start + TENSOR_A);
    this.scoreB = bytes.readFloatLE(start + TENSOR_B);
    this.score = bytes.readFloatLE(start + RESULT);
  }
}

const TENSOR = '????????';
const WORDS = [
  '*8\r\n',
  '+OK\r\n'.repeat(5),
  `$8\r\n${TENSOR}\r\n`,
  `$8\r\n${TENSOR}\r\n`,
  '*6\r\n$5\r\ndtype\r\n$5\r\nFLOAT\r\n$5\r\nshape\r\n*2\r\n:1\r\n:2\r\n$4\r\nblob\r\n',
  `$8\r\n${TENSOR}\r\n`,
].join('');

const TENSOR_A = WORDS.indexOf(TENSOR);
const TENSOR_B = WORDS.indexOf(TENSOR, TENSOR_A + 1);
const RESULT = WORDS.lastIndexOf(TENSOR);
export const SOUND_REPLY_BYTES = WORDS.length;

const EXPECTED = Buffer.from(WORDS, 'latin1');
/** Bits that must be as expected: none of a tensor's. */
const FIXED = EXPECTED.map((byte) => (byte === TENSOR.charCodeAt(0) ? 0 : 0xff));

/** At `start`, where as many bytes are there. */
export function isSoundReply(bytes: Buffer, start: number): boolean {
  if (bytes.length - start < SOUND_REPLY_BYTES) return false;
  for (let index = 0; index < SOUND_REPLY_BYTES; index++) {
    if (((bytes[start + index]! ^ EXPECTED[index]!) & FIXED[index]!) !== 0) return false;
  }
  return true;
}
