// Second step of a replay: lines become transactions of the ULB schema, every cell checked before it counts as a number.
// No cell of that schema holds a comma or a line break, so a line is split at its commas: three times as fast as a
// general CSV parser, and a quoted comma is an error in either.
import { EXIT, FraudstreamError } from '../src/core/errors.ts';
import { FEATURE_NAMES } from '../src/contracts/features.ts';
import { LINE_LENGTH_MAX, openLines } from './csv-lines.ts';

const LABEL_COLUMN = 'Class';
const COLUMNS: readonly string[] = [...FEATURE_NAMES, LABEL_COLUMN];

/** What a number looks like: no blanks, no hexadecimal, no thousands separator, not empty, unlike what Number() reads. */
const NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const BYTE_ORDER_MARK = /^\uFEFF/;
const HINT = `expected the columns Time,V1,…,V28,Amount and perhaps ${LABEL_COLUMN}, all of them numbers`;

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
  const { name, chunks, fractionAt } = await openLines(path, { signal });
  const place = { chars: 0 };
  return { rows: parseTransactions(name, chunks, place), fraction: () => fractionAt(place.chars) };
}

/** Transactions of the lines of a file called `name`, the header being the first. Keeps in `place` how far it has come. */
export async function* parseTransactions(
  name: string,
  chunks: AsyncIterable<readonly string[]>,
  place = { chars: 0 },
): AsyncGenerator<CsvTransaction> {
  let parser: RowParser | undefined;
  let lineNumber = 0;
  let rows = 0;
  let blankLine: number | undefined;
  for await (const lines of chunks) {
    for (const line of lines) {
      lineNumber += 1;
      place.chars += line.length + 1;
      if (line.length > LINE_LENGTH_MAX) {
        throw broken(`${name}:${lineNumber}: longer than ${LINE_LENGTH_MAX} characters`);
      }
      if (line === '') blankLine ??= lineNumber;
      else if (blankLine !== undefined) throw broken(`${name}:${blankLine}: empty line`);
      else if (parser === undefined) parser = new RowParser(name, line);
      else yield parser.parse(line, lineNumber, rows++);
    }
  }
  if (parser === undefined) throw broken(`${name} is empty`);
  if (rows === 0) throw broken(`${name} has a header but no transactions`);
}

/** Rows of one file: knows where its header put each column. */
class RowParser {
  readonly #name: string;
  readonly #width: number;
  /** Position in the file of each of FEATURE_NAMES. */
  readonly #positions: readonly number[];
  readonly #labelPosition: number;

  constructor(name: string, header: string) {
    const columns = header.replace(BYTE_ORDER_MARK, '').split(',').map(unquoted);
    checkHeader(`${name}:1`, columns);
    this.#name = name;
    this.#width = columns.length;
    this.#positions = FEATURE_NAMES.map((column) => columns.indexOf(column));
    this.#labelPosition = columns.indexOf(LABEL_COLUMN);
  }

  parse(line: string, lineNumber: number, index: number): CsvTransaction {
    const cells = line.split(',');
    if (cells.length !== this.#width) {
      throw broken(`${this.#name}:${lineNumber}: ${cells.length} cells where the header has ${this.#width} columns`);
    }
    const texts = this.#positions.map((position) => unquoted(cells[position]!));
    const values = texts.map((text, column) => this.#number(text, FEATURE_NAMES[column]!, lineNumber));
    return { id: `${values[0]!}_${index}`, index, values, texts, label: this.#label(cells, lineNumber) };
  }

  #label(cells: readonly string[], lineNumber: number): number | null {
    if (this.#labelPosition < 0) return null;
    const label = this.#number(unquoted(cells[this.#labelPosition]!), LABEL_COLUMN, lineNumber);
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

/** A cell without the quotes around it, if it stands in quotes. */
function unquoted(cell: string): string {
  return cell.startsWith('"') && cell.endsWith('"') && cell.length > 1 ? cell.slice(1, -1) : cell;
}

function broken(message: string): FraudstreamError {
  return new FraudstreamError('CSV_BROKEN', message, { next: HINT, exitCode: EXIT.data });
}
