// Second step of a replay: the bytes of a CSV become records, each of them the cells of one line.
import { CsvError, parse, type CsvErrorCode, type Parser } from 'csv-parse';
import { broken } from './csv-error.ts';
import type { CsvSource } from './csv-source.ts';

/** A line of the ULB file has about 600 characters; one longer than this is some other kind of file. */
export const LINE_LENGTH_MAX = 16_384;

const OPTIONS = {
  bom: true,
  record_delimiter: ['\r\n', '\n'],
  // How many cells a row must have, and what an empty line means, is for the reader of the records to say.
  relax_column_count: true,
  // Checked before a character is added, not after it.
  max_record_size: LINE_LENGTH_MAX - 1,
};

const TOO_LONG = `longer than ${LINE_LENGTH_MAX} characters`;
const OPEN_QUOTE = 'a quote opens and never closes';
const WORDS: Partial<Record<CsvErrorCode, string>> = {
  INVALID_OPENING_QUOTE: 'a quote in the middle of a cell',
  CSV_INVALID_CLOSING_QUOTE: 'more text after the closing quote',
  CSV_QUOTE_NOT_CLOSED: OPEN_QUOTE,
};

export interface CsvRecord {
  readonly cells: readonly string[];
  /** Where its line ends in the CSV, in bytes from the start. */
  readonly endByte: number;
}

/**
 * All records in batches, the header being the first; an empty line is a record of one empty cell.
 * The records before a broken one still arrive: the parser's own readable side would drop what it holds on an error.
 * The parser looks a few bytes ahead, so that the last line of an input that pauses comes with what follows.
 */
export async function* readRecords({ name, chunks, signal }: CsvSource): AsyncGenerator<readonly CsvRecord[]> {
  const place = new Place(name);
  let batch: CsvRecord[] = [];
  const parser = parse({
    ...OPTIONS,
    on_record: (cells: string[], { bytes }) => {
      place.pass(cells, bytes);
      batch.push({ cells, endByte: bytes });
      return null;
    },
  });
  // Each write reports its own failure.
  parser.on('error', () => undefined);
  for await (const chunk of chunks) {
    const failure = await write(parser, chunk);
    yield batch;
    batch = [];
    if (failure !== undefined) throw place.broken(failure);
    place.fed(chunk.length);
  }
  if (signal?.aborted === true) return;
  const failure = await end(parser);
  yield batch;
  if (failure !== undefined) throw place.broken(failure);
}

/** How far the parser has come, to say where it failed. */
class Place {
  readonly #name: string;
  #columns: readonly string[] | undefined;
  /** Lines passed. No record with a line break in a cell is ever accepted, so each of them is one line. */
  #lines = 0;
  #recordEnd = 0;
  #fedBytes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  pass(cells: readonly string[], endByte: number): void {
    this.#columns ??= cells;
    this.#lines += 1;
    this.#recordEnd = endByte;
  }

  /** The parser's limit counts what is in cells: a line of commas alone would grow without end. */
  fed(bytes: number): void {
    this.#fedBytes += bytes;
    if (this.#fedBytes - this.#recordEnd > LINE_LENGTH_MAX) throw broken(`${this.#at()}: ${TOO_LONG}`);
  }

  broken(failure: Error): Error {
    if (!(failure instanceof CsvError)) return failure;
    const spansLines = Number(failure['lines']) > this.#lines + 1;
    if (failure.code === 'CSV_MAX_RECORD_SIZE' && !spansLines) return broken(`${this.#at()}: ${TOO_LONG}`);
    const what = failure.code === 'CSV_MAX_RECORD_SIZE' ? OPEN_QUOTE : (WORDS[failure.code] ?? failure.message);
    const column = this.#columns?.[Number(failure['column'])];
    return broken(`${this.#at()}: ${column === undefined ? '' : `column ${column}: `}${what}`);
  }

  #at(): string {
    return `${this.#name}:${this.#lines + 1}`;
  }
}

async function write(parser: Parser, chunk: Buffer): Promise<Error | undefined> {
  return new Promise((resolve) => parser.write(chunk, (failure) => resolve(failure ?? undefined)));
}

async function end(parser: Parser): Promise<Error | undefined> {
  return new Promise((resolve) => parser.end((failure?: Error | null) => resolve(failure ?? undefined)));
}
