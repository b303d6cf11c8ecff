// Avro single-object encoding of one contract: any version that schemas/ knows in, the newest version out.
//   single object = C3 01, CRC-64-AVRO of the writer's schema (8 bytes, little-endian), body
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import avro from 'avsc';
import { packageFile } from '../core/package-root.ts';
import { readAvroBody } from './avro-body.ts';
import { ContractError } from './contract-error.ts';
import { fingerprintOf } from './fingerprint.ts';

const MARKER = 0x01c3;
const HEADER_BYTES = 10;
/** Where an object is written first; a larger one (a long string) takes a buffer of its own size. */
const SCRATCH_BYTES = 8192;

export class SingleObjectCodec {
  readonly fingerprint: string;
  private readonly type: avro.Type;
  /** By a writer's fingerprint, what reads its version as the newest one; nothing is needed for the newest itself. */
  private readonly resolvers = new Map<bigint, avro.Resolver | undefined>();
  private readonly scratch = Buffer.alloc(SCRATCH_BYTES);

  /** `newest` and `older` are schemas as JSON text. */
  constructor(newest: string, older: readonly string[] = []) {
    this.type = parseSchema(newest);
    this.fingerprint = fingerprintOf(this.type);
    for (const text of older) this.addWriter(parseSchema(text));
    this.resolvers.set(BigInt(`0x${this.fingerprint}`), undefined);
    this.scratch.writeUInt16LE(MARKER, 0);
    this.scratch.writeBigUInt64LE(BigInt(`0x${this.fingerprint}`), 2);
  }

  /** Marker and fingerprint: what every object of the newest version begins with. */
  get header(): Buffer {
    return Buffer.from(this.scratch.subarray(0, HEADER_BYTES));
  }

  /** @throws Error of avsc where a field has not the schema's type: a defect of the caller. */
  encode(value: object): Buffer {
    const end = this.type.encode(value, this.scratch, HEADER_BYTES);
    if (end >= 0) return Buffer.from(this.scratch.subarray(0, end));
    return Buffer.concat([this.scratch.subarray(0, HEADER_BYTES), this.type.toBuffer(value)]);
  }

  /** @throws ContractError */
  decode(bytes: Buffer | null): unknown {
    const resolver = this.resolverFor(bytes);
    return readAvroBody(this.type, bytes!, HEADER_BYTES, resolver);
  }

  private addWriter(type: avro.Type): void {
    this.resolvers.set(BigInt(`0x${fingerprintOf(type)}`), this.type.createResolver(type));
  }

  private resolverFor(bytes: Buffer | null): avro.Resolver | undefined {
    if (bytes === null || bytes.length === 0) throw new ContractError('no-value');
    if (bytes.length < 2 || bytes.readUInt16LE(0) !== MARKER) throw new ContractError('not-single-object');
    if (bytes.length < HEADER_BYTES) throw new ContractError('truncated');
    const fingerprint = bytes.readBigUInt64LE(2);
    if (!this.resolvers.has(fingerprint)) {
      throw new ContractError('unknown-schema', fingerprint.toString(16).padStart(16, '0'));
    }
    return this.resolvers.get(fingerprint);
  }
}

function parseSchema(text: string): avro.Type {
  return avro.Type.forSchema(JSON.parse(text) as avro.Schema);
}

/** The codec of the contract `name`: schemas/<name>.avsc and the older schemas/history/<name>-*.avsc. */
export function contractCodec(name: string, folder: string = packageFile('schemas')): SingleObjectCodec {
  const read = (...parts: string[]): string => readFileSync(join(folder, ...parts), 'utf8');
  const history = join(folder, 'history');
  const older = existsSync(history) ? readdirSync(history) : [];
  const mine = older.filter((file) => file.startsWith(`${name}-`) && file.endsWith('.avsc')).sort();
  return new SingleObjectCodec(
    read(`${name}.avsc`),
    mine.map((file) => read('history', file)),
  );
}
