// DAGs as bytes, of those whose script looks the references up: what varies is the arguments of the lookup.
//
//   frame = before the features | features | between | until since own | after
import type { Dag, DagBuilder } from '../dag.ts';
import type { ReferenceQuery } from '../reference.ts';
import { frameTemplate, writeHead, writeTail, type FrameTemplate } from './frame-template.ts';

export interface QueryingDag extends Dag {
  readonly query: ReferenceQuery;
}

export class LookupFrames {
  readonly #dags: DagBuilder;
  /** By the number of references that are asked for. */
  readonly #templates: FrameTemplate[] = [];

  constructor(dags: DagBuilder) {
    this.#dags = dags;
  }

  /** All of them, one after the other. */
  encode(dags: readonly QueryingDag[]): Buffer {
    const lookups = dags.map(({ query }) => encodedLookup(query));
    const bytes = Buffer.allocUnsafe(
      dags.reduce((sum, { query }, index) => sum + this.#template(query.limit).bytes + lookups[index]!.length, 0),
    );
    let at = 0;
    dags.forEach(({ transaction, query }, index) => {
      const template = this.#template(query.limit);
      at = writeHead(template, transaction.features, bytes, at);
      at += bytes.write(lookups[index]!, at, 'latin1');
      at = writeTail(template, bytes, at);
    });
    return bytes;
  }

  #template(limit: number): FrameTemplate {
    return (this.#templates[limit] ??= makeTemplate(this.#dags, limit));
  }
}

function makeTemplate(dags: DagBuilder, limit: number): FrameTemplate {
  const query = { since: 1, until: 2, own: 'own', limit };
  return frameTemplate(dags, { referenceKeys: [], query }, Buffer.from(encodedLookup(query)));
}

/** In the order of the DAG's words; a character is a byte. */
const encodedLookup = ({ until, since, own }: ReferenceQuery): string =>
  encodedWord(String(until)) + encodedWord(String(since)) + encodedWord(own);

const encodedWord = (word: string): string => `$${word.length}\r\n${word}\r\n`;
