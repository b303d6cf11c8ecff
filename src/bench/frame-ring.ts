// Requests encoded before the clock starts: so many of them at a time are one slice of memory, and sending costs next to nothing.

export type Word = string | Buffer;

/** No load keeps more requests in flight on a connection. */
export const DEPTH_MAX = 128;

const CRLF = Buffer.from('\r\n');

/** A command as an array of bulk strings. */
export function frame(words: readonly Word[]): Buffer {
  const parts = words.flatMap((word) => {
    const bytes = typeof word === 'string' ? Buffer.from(word) : word;
    return [Buffer.from(`$${bytes.length}\r\n`), bytes, CRLF];
  });
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts]);
}

/** Different frames, sent round and round. */
export class FrameRing {
  /** Mean length of a frame. */
  readonly frameBytes: number;
  readonly #bytes: Buffer;
  /** Start of each frame, and the end of the last. */
  readonly #offsets: readonly number[];
  readonly #size: number;
  #at = 0;

  constructor(frames: readonly Buffer[]) {
    const turn = Array.from({ length: Math.ceil(DEPTH_MAX / frames.length) }, () => frames).flat();
    this.#size = turn.length;
    // Twice, so that any slice of up to one turn lies in one piece.
    const twice = [...turn, ...turn];
    this.#bytes = Buffer.concat(twice);
    this.#offsets = offsetsOf(twice);
    this.frameBytes = this.#bytes.length / twice.length;
  }

  /** The next `count` frames, DEPTH_MAX at most. */
  take(count: number): Buffer {
    const from = this.#at;
    this.#at = (from + count) % this.#size;
    return this.#bytes.subarray(this.#offsets[from], this.#offsets[from + count]);
  }
}

function offsetsOf(frames: readonly Buffer[]): number[] {
  const offsets = [0];
  for (const { length } of frames) offsets.push(offsets.at(-1)! + length);
  return offsets;
}
