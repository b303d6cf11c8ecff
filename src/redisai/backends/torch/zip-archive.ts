// The files in a zip archive, stored or deflated. What the archive says of itself is checked against the bytes that are there.
import { crc32, inflateRawSync } from 'node:zlib';
import { BackendError } from '../model.ts';

const ENTRIES_MAX = 20_000;
/** Of all files together, unpacked. */
const BYTES_MAX = 512 * 1024 * 1024;

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const METHOD = { stored: 0, deflated: 8 } as const;

interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header is. */
  readonly offset: number;
}

export class ZipArchive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #entries = new Map<string, Entry>();
  #bytesLeft = BYTES_MAX;

  /** @throws BackendError where the bytes are no archive */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#readDirectory();
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** @throws BackendError where there is no such file, or it is damaged */
  read(name: string): Uint8Array {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new BackendError(`the model's archive has no file ${name}`);
    this.#bytesLeft -= entry.bytes;
    if (this.#bytesLeft < 0) throw new BackendError(`the model's archive unpacks to more than ${BYTES_MAX} bytes`);
    const data = this.#unpack(entry, name);
    if (data.length !== entry.bytes || crc32(data) !== entry.crc) throw damaged(name);
    return data;
  }

  text(name: string): string {
    return Buffer.from(this.read(name)).toString('utf8');
  }

  /** end record: signature(4) … entries(2, at 10) directory bytes(4) directory offset(4) */
  #readDirectory(): void {
    const end = this.#findEnd();
    const count = this.#view.getUint16(end + 10, true);
    if (count > ENTRIES_MAX) throw new BackendError(`the model's archive has more than ${ENTRIES_MAX} files`);
    let at = this.#view.getUint32(end + 16, true);
    for (let i = 0; i < count; i++) at = this.#readEntry(at);
  }

  #findEnd(): number {
    const last = this.#bytes.length - END_BYTES;
    for (let at = last; at >= Math.max(0, last - COMMENT_BYTES_MAX); at--) {
      if (this.#view.getUint32(at, true) === END_SIGNATURE) return at;
    }
    throw new BackendError('the model is no zip archive, as TorchScript modules are');
  }

  /** directory entry: … method(2, at 10) … crc(4, at 16) packed(4) bytes(4) name(2) extra(2) comment(2) … local header(4, at 42) */
  #readEntry(at: number): number {
    this.#expect(at, DIRECTORY_BYTES, DIRECTORY_SIGNATURE);
    const short = (offset: number): number => this.#view.getUint16(at + offset, true);
    const long = (offset: number): number => this.#view.getUint32(at + offset, true);
    const next = at + DIRECTORY_BYTES + short(28) + short(30) + short(32);
    if (next > this.#bytes.length) throw damaged('directory');
    const name = Buffer.from(this.#bytes.subarray(at + DIRECTORY_BYTES, at + DIRECTORY_BYTES + short(28))).toString(
      'utf8',
    );
    this.#entries.set(name, {
      method: short(10),
      crc: long(16),
      packedBytes: long(20),
      bytes: long(24),
      offset: long(42),
    });
    return next;
  }

  #unpack({ method, packedBytes, bytes, offset }: Entry, name: string): Uint8Array {
    this.#expect(offset, LOCAL_BYTES, LOCAL_SIGNATURE);
    const start =
      offset + LOCAL_BYTES + this.#view.getUint16(offset + 26, true) + this.#view.getUint16(offset + 28, true);
    if (start + packedBytes > this.#bytes.length) throw damaged(name);
    const packed = this.#bytes.subarray(start, start + packedBytes);
    if (method === METHOD.stored) return packed;
    if (method !== METHOD.deflated)
      throw new BackendError(`${name} in the model's archive is packed in an unknown way`);
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
    } catch {
      throw damaged(name);
    }
  }

  #expect(at: number, bytes: number, signature: number): void {
    if (at + bytes > this.#bytes.length || this.#view.getUint32(at, true) !== signature) throw damaged('directory');
  }
}

const damaged = (name: string): BackendError => new BackendError(`the model's archive is damaged (${name})`);
