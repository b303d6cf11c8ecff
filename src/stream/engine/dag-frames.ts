// DAGs as bytes. What is the same for all transactions is encoded once, for each number of reference keys: a frame is then
// three copies, the features and the keys.
//
//   frame = before the features | features | between | reference keys, as key-list.ts has them | after the keys
import type { DagBuilder, Dag } from '../dag.ts';
import { encodeCommand } from './encode-command.ts';
import { frameTemplate, writeHead, writeTail, type FrameTemplate } from './frame-template.ts';
import type { KeyList } from './key-list.ts';
import { LookupFrames, type QueryingDag } from './lookup-frames.ts';

export interface ReferencedDag extends Dag {
  readonly referenceKeys: KeyList;
}

const KEY = Buffer.from('a reference key that nobody has');
const ENCODED_KEY = Buffer.from(`$${KEY.length}\r\n${KEY.toString()}\r\n`);

export class DagFrames {
  readonly #dags: DagBuilder;
  readonly #lookups: LookupFrames;
  /** By the number of reference keys. */
  readonly #templates: FrameTemplate[] = [];

  constructor(dags: DagBuilder) {
    this.#dags = dags;
    this.#lookups = new LookupFrames(dags);
  }

  /** All of them, one after the other; of all or of none the script looks the references up. */
  encode(dags: readonly ReferencedDag[]): Buffer {
    // A result of its own has a key of its own, in two places of the frame.
    if (this.#dags.persistsEach)
      return Buffer.concat(dags.map((dag) => encodeCommand(['AI.DAGEXECUTE', ...this.#dags.arguments(dag)])));
    if (areQuerying(dags)) return this.#lookups.encode(dags);
    let length = 0;
    for (const dag of dags) length += this.#lengthOf(dag);
    const bytes = Buffer.allocUnsafe(length);
    let at = 0;
    for (const dag of dags) at = this.#write(dag, bytes, at);
    return bytes;
  }

  #lengthOf({ referenceKeys }: ReferencedDag): number {
    return this.#template(referenceKeys.length).bytes + referenceKeys.encodedBytes;
  }

  /** @returns where the frame ends */
  #write({ transaction: { features }, referenceKeys }: ReferencedDag, bytes: Buffer, start: number): number {
    const template = this.#template(referenceKeys.length);
    return writeTail(template, bytes, referenceKeys.copyTo(bytes, writeHead(template, features, bytes, start)));
  }

  #template(keys: number): FrameTemplate {
    return (this.#templates[keys] ??= makeTemplate(this.#dags, keys));
  }
}

function makeTemplate(dags: DagBuilder, keys: number): FrameTemplate {
  const encoded = Buffer.concat(new Array<Buffer>(keys).fill(ENCODED_KEY));
  return frameTemplate(dags, { referenceKeys: new Array<Buffer>(keys).fill(KEY) }, encoded);
}

const areQuerying = (dags: readonly Dag[]): dags is readonly QueryingDag[] => dags[0]?.query !== undefined;
