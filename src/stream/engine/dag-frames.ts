// DAGs as bytes. What is the same for all transactions is encoded once, for each number of reference keys: a frame is then
// three copies, the features and the keys.
//
//   frame = before the features | features | between | reference keys, as key-list.ts has them | after the keys
import type { DagBuilder, Dag } from '../dag.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { encodeCommand } from './encode-command.ts';
import type { KeyList } from './key-list.ts';

export interface ReferencedDag extends Dag {
  readonly referenceKeys: KeyList;
}

interface Template {
  readonly beforeFeatures: Buffer;
  readonly between: Buffer;
  readonly afterKeys: Buffer;
  readonly fixedBytes: number;
}

const FEATURE_BYTES = FEATURE_COUNT * Float32Array.BYTES_PER_ELEMENT;
const FEATURES = Float32Array.from({ length: FEATURE_COUNT }, (_, index) => Math.PI + index);
const KEY = Buffer.from('a reference key that nobody has');
const ENCODED_KEY = Buffer.from(`$${KEY.length}\r\n${KEY.toString()}\r\n`);

export class DagFrames {
  readonly #dags: DagBuilder;
  /** By the number of reference keys. */
  readonly #templates: Template[] = [];

  constructor(dags: DagBuilder) {
    this.#dags = dags;
  }

  /** All of them, one after the other. */
  encode(dags: readonly ReferencedDag[]): Buffer {
    // A result of its own has a key of its own, in two places of the frame.
    if (this.#dags.persistsEach)
      return Buffer.concat(dags.map((dag) => encodeCommand(['AI.DAGEXECUTE', ...this.#dags.arguments(dag)])));
    let length = 0;
    for (const dag of dags) length += this.#lengthOf(dag);
    const bytes = Buffer.allocUnsafe(length);
    let at = 0;
    for (const dag of dags) at = this.#write(dag, bytes, at);
    return bytes;
  }

  #lengthOf({ referenceKeys }: ReferencedDag): number {
    return this.#template(referenceKeys.length).fixedBytes + FEATURE_BYTES + referenceKeys.encodedBytes;
  }

  /** @returns where the frame ends */
  #write({ transaction: { features }, referenceKeys }: ReferencedDag, bytes: Buffer, start: number): number {
    const { beforeFeatures, between, afterKeys } = this.#template(referenceKeys.length);
    bytes.set(beforeFeatures, start);
    let at = start + beforeFeatures.length;
    bytes.set(new Uint8Array(features.buffer, features.byteOffset, FEATURE_BYTES), at);
    at += FEATURE_BYTES;
    bytes.set(between, at);
    at = referenceKeys.copyTo(bytes, at + between.length);
    bytes.set(afterKeys, at);
    return at + afterKeys.length;
  }

  #template(keys: number): Template {
    return (this.#templates[keys] ??= makeTemplate(this.#dags, keys));
  }
}

/** Encodes one DAG with features and keys that are found again in its bytes. */
function makeTemplate(dags: DagBuilder, keys: number): Template {
  const transaction = { transactionId: '', time: 0, amount: 0, features: FEATURES, label: null };
  const words = dags.arguments({ transaction, referenceKeys: new Array<Buffer>(keys).fill(KEY) });
  const frame = encodeCommand(['AI.DAGEXECUTE', ...words]);
  const features = frame.indexOf(new Uint8Array(FEATURES.buffer));
  const afterFeatures = features + FEATURE_BYTES;
  // Without keys there is no place for them, and any will do.
  const firstKey = keys === 0 ? frame.length : frame.indexOf(ENCODED_KEY);
  const keyBytes = keys * ENCODED_KEY.length;
  return {
    beforeFeatures: frame.subarray(0, features),
    between: frame.subarray(afterFeatures, firstKey),
    afterKeys: frame.subarray(firstKey + keyBytes),
    fixedBytes: frame.length - FEATURE_BYTES - keyBytes,
  };
}
