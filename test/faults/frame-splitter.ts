// Bytes of a connection → whole Kafka frames: a length of four bytes, then so many bytes.

const LENGTH_BYTES = 4;
const FRAME_BYTES_MAX = 128 * 1024 * 1024;

export class FrameSplitter {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** Every frame that is now complete, its length included. @throws RangeError where the length cannot be meant */
  push(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const frames: Buffer[] = [];
    for (let size = this.#nextSize(); size !== undefined && this.#bytes >= size; size = this.#nextSize()) {
      const all = Buffer.concat(this.#chunks);
      frames.push(all.subarray(0, size));
      this.#chunks = [all.subarray(size)];
      this.#bytes = all.length - size;
    }
    return frames;
  }

  #nextSize(): number | undefined {
    if (this.#bytes < LENGTH_BYTES) return undefined;
    if (this.#chunks[0]!.length < LENGTH_BYTES) this.#chunks = [Buffer.concat(this.#chunks)];
    const length = this.#chunks[0]!.readInt32BE(0);
    if (length < 0 || length > FRAME_BYTES_MAX) throw new RangeError(`a frame of ${length} bytes`);
    return length + LENGTH_BYTES;
  }
}
