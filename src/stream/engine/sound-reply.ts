// The one reply that a good DAG has, byte for byte but for its tensors: recognised as a whole, without making objects of its
// parts. Where the script looks references up there is one tensor more. Whatever differs is read in full by reply-reader.ts
// and judged by score.ts.

const TENSOR = '????????';
const TENSOR_WORDS = `$8\r\n${TENSOR}\r\n`;
const WORDS = [
  '+OK\r\n'.repeat(5),
  TENSOR_WORDS,
  TENSOR_WORDS,
  '*6\r\n$5\r\ndtype\r\n$5\r\nFLOAT\r\n$5\r\nshape\r\n*2\r\n:1\r\n:2\r\n$4\r\nblob\r\n',
  TENSOR_WORDS,
].join('');

export interface SoundShape {
  readonly expected: Buffer;
  /** Bits that must be as expected: none of a tensor's. */
  readonly fixed: Uint8Array;
  /** Where each tensor stands: A's, B's, the result, what was counted. */
  readonly tensors: readonly number[];
}

const SHAPES = [shapeOf(`*8\r\n${WORDS}`), shapeOf(`*9\r\n${WORDS}${TENSOR_WORDS}`)];
/** Where they differ. */
const COUNT_AT = 1;

/** What score.ts would have read from the reply; the values are still to be looked at. */
export class SoundReply {
  readonly score: number;
  readonly scoreA: number;
  readonly scoreB: number;
  /** Of the references, where the script looked them up: how many, and how many are there still. */
  readonly counted: readonly [number, number] | undefined;

  constructor(bytes: Buffer, start: number, { tensors: [a, b, result, counted] }: SoundShape) {
    this.scoreA = bytes.readFloatLE(start + a!);
    this.scoreB = bytes.readFloatLE(start + b!);
    this.score = bytes.readFloatLE(start + result!);
    this.counted =
      counted === undefined ? undefined : [bytes.readFloatLE(start + counted), bytes.readFloatLE(start + counted + 4)];
  }
}

/** Of the reply at `start`; undefined where it is no such reply, or not all there. */
export function soundShapeAt(bytes: Buffer, start: number): SoundShape | undefined {
  const shape = bytes[start + COUNT_AT] === SHAPES[1]!.expected[COUNT_AT] ? SHAPES[1]! : SHAPES[0]!;
  const { expected, fixed } = shape;
  if (bytes.length - start < expected.length) return undefined;
  for (let index = 0; index < expected.length; index++) {
    if (((bytes[start + index]! ^ expected[index]!) & fixed[index]!) !== 0) return undefined;
  }
  return shape;
}

function shapeOf(words: string): SoundShape {
  const expected = Buffer.from(words, 'latin1');
  const fixed = expected.map((byte) => (byte === TENSOR.charCodeAt(0) ? 0 : 0xff));
  const tensors = [...words.matchAll(/\?{8}/g)].map(({ index }) => index);
  return { expected, fixed, tensors };
}
