// DAGs as bytes. What is the same for all transactions is encoded once, for each number of reference keys: a frame is then
// three copies, the features and the keys.
//
//   frame = before the features | features | between | ($length CRLF key CRLF) for each reference key | after the keys
import type { DagBuilder, Dag } from '../dag.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { encodeCommand } from './encode-command.ts';

interface Template {
  readonly beforeFeatures: Buffer;
  readonly between: Buffer;
  readonly afterKeys: Buffer;
}

const FEATURE_BYTES = FEATURE_COUNT * Float32Array.BYTES_PER_ELEMENT;
const FEATURES = Float32Array.from({ length: FEATURE_COUNT }, (_, index) => Math.PI + index);
const KEY = Buffer.from('a reference key that nobody has');

export class DagFrames {
  readonly #dags: DagBuilder;
  /** By the number of reference keys. */
  readonly #templates: Template[] = [];

  constructor(dags: DagBuilder) {
    this.#dags = dags;
  }

  /** All of them, one after the other. */
  encode(dags: readonly Dag[]): Buffer {
    // A result of its own has a key of its own, in two places of the frame.
    if (this.#dags.persistsEach)
      return Buffer.concat(dags.map((dag) => encodeCommand(['AI.DAGEXECUTE', ...this.#dags.arguments(dag)])));
    const bytes = Buffer.allocUnsafe(dags.reduce((sum, dag) => sum + this.#lengthOf(dag), 0));
    dags.reduce((at, dag) => this.#write(dag, bytes, at), 0);
    return bytes;
  }

  #lengthOf({ referenceKeys }: Dag): number {
    const { beforeFeatures, between, afterKeys } = this.#template(referenceKeys.length);
    let length = beforeFeatures.length + FEATURE_BYTES + between.length + afterKeys.length;
    for (const key of referenceKeys) length += headOf(key.length).length + key.length + 2;
    return length;
  }

  /** @returns where the frame ends */
  #write({ transaction: { features }, referenceKeys }: Dag, bytes: Buffer, start: number): number {
    const { beforeFeatures, between, afterKeys } = this.#template(referenceKeys.length);
    let at = start;
    const copy = (part: Uint8Array): void => {
      bytes.set(part, at);
      at += part.length;
    };
    copy(beforeFeatures);
    copy(new Uint8Array(features.buffer, features.byteOffset, FEATURE_BYTES));
    copy(between);
    for (const key of referenceKeys) {
      copy(headOf(key.length));
      copy(key);
      bytes[at++] = 13;
      bytes[at++] = 10;
    }
    copy(afterKeys);
    return at;
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
  const encodedKey = Buffer.concat([headOf(KEY.length), KEY, Buffer.from('\r\n')]);
  // Without keys there is no place for them, and any will do.
  const firstKey = keys === 0 ? frame.length : frame.indexOf(encodedKey);
  return {
    beforeFeatures: frame.subarray(0, features),
    between: frame.subarray(afterFeatures, firstKey),
    afterKeys: frame.subarray(firstKey + keys * encodedKey.length),
  };
}

/** By length, `$length CRLF`. */
const HEADS: Buffer[] = [];
/** A longer key is no key of ours; its head is made each time. */
const HEADS_KEPT = 1024;

function headOf(length: number): Buffer {
  if (length >= HEADS_KEPT) return Buffer.from(`$${length}\r\n`);
  return (HEADS[length] ??= Buffer.from(`$${length}\r\n`));
}
