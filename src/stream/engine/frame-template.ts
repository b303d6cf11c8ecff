// A DAG encoded once, and taken apart where transactions differ: what lies between is the same for all.
//
//   frame = before the features | features | between | what varies | after
import type { Dag, DagBuilder } from '../dag.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { encodeCommand } from './encode-command.ts';

export interface FrameTemplate {
  readonly beforeFeatures: Buffer;
  readonly between: Buffer;
  readonly after: Buffer;
  /** Of a frame, without what varies. */
  readonly bytes: number;
}

const FEATURE_BYTES = FEATURE_COUNT * Float32Array.BYTES_PER_ELEMENT;
/** Such as are found again in a frame. */
const FEATURES = Float32Array.from({ length: FEATURE_COUNT }, (_, index) => Math.PI + index);
const TRANSACTION = { transactionId: '', time: 0, amount: 0, features: FEATURES, label: null };

/** `varying`: encoded words of a DAG like `dag`, in which they stand once; where there are none, any place will do. */
export function frameTemplate(dags: DagBuilder, dag: Omit<Dag, 'transaction'>, varying: Buffer): FrameTemplate {
  const frame = encodeCommand(['AI.DAGEXECUTE', ...dags.arguments({ transaction: TRANSACTION, ...dag })]);
  const features = frame.indexOf(new Uint8Array(FEATURES.buffer));
  const afterFeatures = features + FEATURE_BYTES;
  const varyingAt = varying.length === 0 ? frame.length : frame.indexOf(varying);
  return {
    beforeFeatures: frame.subarray(0, features),
    between: frame.subarray(afterFeatures, varyingAt),
    after: frame.subarray(varyingAt + varying.length),
    bytes: frame.length - varying.length,
  };
}

/** @returns where what varies goes */
export function writeHead(template: FrameTemplate, features: Float32Array, bytes: Buffer, start: number): number {
  const { beforeFeatures, between } = template;
  bytes.set(beforeFeatures, start);
  const at = start + beforeFeatures.length;
  bytes.set(new Uint8Array(features.buffer, features.byteOffset, FEATURE_BYTES), at);
  bytes.set(between, at + FEATURE_BYTES);
  return at + FEATURE_BYTES + between.length;
}

/** @returns where the frame ends */
export function writeTail({ after }: FrameTemplate, bytes: Buffer, at: number): number {
  bytes.set(after, at);
  return at + after.length;
}
