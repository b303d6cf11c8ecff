// Third step of a replay: records become transactions of the ULB schema, every cell checked before it counts as a number.
import { FEATURE_NAMES } from '../src/contracts/features.ts';
import type { FraudstreamError } from '../src/core/errors.ts';
import { broken } from './csv-error.ts';
import { readRecords } from './csv-records.ts';
import type { CsvSource } from './csv-source.ts';
import { openCsv } from './csv-source.ts';

const LABEL_COLUMN = 'Class';
const COLUMNS: readonly string[] = [...FEATURE_NAMES, LABEL_COLUMN];

/** What a number looks like: no blanks, no hexadecimal, no thousands separator, not empty, unlike what Number() reads. */
const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

export interface CsvTransaction {
  /** `<time>_<index>`: the name of the transaction everywhere else. */
  readonly id: string;
  /** Number of the row, from 0. */
  readonly index: number;
  /** FEATURE_NAMES as numbers. */
  readonly values: readonly number[];
  /** FEATURE_NAMES as the file writes them. */
  readonly texts: readonly string[];
  /** 1 for fraud, 0 for genuine, null where the file has no such column. */
  readonly label: number | null;
}

export interface CsvTransactions {
  readonly rows: AsyncIterable<CsvTransaction>;
  /** Share of the file that the rows so far make up, 0..1; undefined where its size is unknown. */
  readonly fraction: () => number | undefined;
}

/** Opens a CSV in the ULB schema. Errors name the file, the line and the column; `signal` ends the rows early. */
export async function readTransactions(path: string, signal?: AbortSignal): Promise<CsvTransactions> {
  const source = await openCsv(path, { signal });
  const place = { bytes: 0 };
  return { rows: parseTransactions(source, place), fraction: () => source.fractionAt(place.bytes) };
}

/** Transactions of a CSV whose first line is its header. Keeps in `place` how far it has come. */
export async function* parseTransactions(source: CsvSource, place = { bytes: 0 }): AsyncGenerator<CsvTransaction> {
  const { name, signal } = source;
  let parser: RowParser | undefined;
  let lineNumber = 0;
  let rows = 0;
  let blankLine: number | undefined;
  for await (const records of readRecords(source)) {
    for (const { cells, endByte } of records) {
      lineNumber += 1;
      place.bytes = endByte;
      if (isBlank(cells)) blankLine ??= lineNumber;
      else if (blankLine !== undefined) throw broken(`${name}:${blankLine}: empty line`);
      else if (parser === undefined) parser = new RowParser(name, cells);
      else yield parser.parse(cells, lineNumber, rows++);
    }
  }
  if (signal?.aborted === true) return;
  if (parser === undefined) throw broken(`${name} is empty`);
  if (rows === 0) throw broken(`${name} has a header but no transactions`);
}

const isBlank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === '';

/** Rows of one file: knows where its header put each column. */
class RowParser {
  readonly #name: string;
  readonly #width: number;
  /** Position in the file of each of FEATURE_NAMES. */
  readonly #positions: readonly number[];
  readonly #labelPosition: number;

  constructor(name: string, columns: readonly string[]) {
    checkHeader(`${name}:1`, columns);
    this.#name = name;
    this.#width = columns.length;
    this.#positions = FEATURE_NAMES.map((column) => columns.indexOf(column));
    this.#labelPosition = columns.indexOf(LABEL_COLUMN);
  }

  parse(cells: readonly string[], lineNumber: number, index: number): CsvTransaction {
    if (cells.length !== this.#width) {
      throw broken(`${this.#name}:${lineNumber}: ${cells.length} cells where the header has ${this.#width} columns`);
    }
    const texts = this.#positions.map((position) => cells[position]!);
    const values = texts.map((text, column) => this.#number(text, FEATURE_NAMES[column]!, lineNumber));
    return { id: `${values[0]!}_${index}`, index, values, texts, label: this.#label(cells, lineNumber) };
  }

  #label(cells: readonly string[], lineNumber: number): number | null {
    if (this.#labelPosition < 0) return null;
    const label = this.#number(cells[this.#labelPosition]!, LABEL_COLUMN, lineNumber);
    if (label !== 0 && label !== 1) throw this.#broken(LABEL_COLUMN, lineNumber, `${label} is neither 0 nor 1`);
    return label;
  }

  #number(text: string, column: string, lineNumber: number): number {
    if (!NUMBER.test(text)) throw this.#broken(column, lineNumber, `'${text.slice(0, 40)}' is not a number`);
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.#broken(column, lineNumber, `${text.slice(0, 40)} is too large`);
    return value;
  }

  #broken(column: string, lineNumber: number, what: string): FraudstreamError {
    return broken(`${this.#name}:${lineNumber}: column ${column}: ${what}`);
  }
}

function checkHeader(at: string, columns: readonly string[]): void {
  const duplicate = columns.find((column, position) => columns.indexOf(column) !== position);
  if (duplicate !== undefined) throw broken(`${at}: duplicate column '${duplicate.slice(0, 40)}'`);
  const unknown = columns.find((column) => !COLUMNS.includes(column));
  if (unknown !== undefined) throw broken(`${at}: unknown column '${unknown.slice(0, 40)}'`);
  const missing = FEATURE_NAMES.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw broken(`${at}: missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
}
