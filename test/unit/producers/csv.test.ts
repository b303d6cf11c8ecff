// What the CSV reader takes, and what it says about what it does not take.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { LINE_LENGTH_MAX } from '../../../producers/csv-records.ts';
import { openCsv } from '../../../producers/csv-source.ts';
import type { CsvTransaction } from '../../../producers/csv.ts';
import { parseTransactions, readTransactions } from '../../../producers/csv.ts';
import { FEATURE_NAMES } from '../../../src/contracts/features.ts';

const HEADER = [...FEATURE_NAMES, 'Class'].join(',');
const row = (change: Readonly<Record<string, string>> = {}): string =>
  HEADER.split(',')
    .map((column, index) => change[column] ?? (column === 'Class' ? '0' : `${index}.5`))
    .join(',');

const folder = mkdtempSync(join(tmpdir(), 'fraudstream-csv-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: string | Buffer, name = 'transactions.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

async function rowsOf(path: string): Promise<CsvTransaction[]> {
  return all((await readTransactions(path)).rows);
}

describe('reading a CSV of the ULB schema', () => {
  it('yields each row with its id, its numbers, its own text and its label', async () => {
    const path = fileOf(
      `${HEADER}\n${row({ Time: '0', V1: '-1.3598071336738', Amount: '149.62' })}\n${row({ Time: '7', Class: '1' })}\n`,
    );
    const [first, second] = await rowsOf(path);
    expect(first).toMatchObject({ id: '0_0', index: 0, label: 0 });
    expect([first!.values[0], first!.values[1], first!.values[29]]).toEqual([0, -1.3598071336738, 149.62]);
    expect([first!.texts[1], first!.texts[29], first!.texts.length]).toEqual(['-1.3598071336738', '149.62', 30]);
    expect(second).toMatchObject({ id: '7_1', index: 1, label: 1 });
  });

  it.each([
    ['a byte order mark', `\uFEFF${HEADER}\n${row()}\n`],
    ['CRLF line ends', `${HEADER}\r\n${row()}\r\n`],
    ['no line end after the last row', `${HEADER}\n${row()}`],
    ['empty lines at the end', `${HEADER}\n${row()}\n\n\r\n`],
    ['a quoted header and a quoted Class', `${HEADER.replace(/[^,]+/g, '"$&"')}\n${row({ Class: '"0"' })}\n`],
  ])('takes %s', async (_what, text) => {
    expect(await rowsOf(fileOf(text))).toMatchObject([{ id: '0.5_0', label: 0 }]);
  });

  it('takes a file without the column Class: its labels are unknown', async () => {
    const text = [HEADER, row()].map((line) => line.slice(0, line.lastIndexOf(','))).join('\n');
    expect(await rowsOf(fileOf(text))).toMatchObject([{ label: null }]);
  });

  it('takes columns in another order', async () => {
    const turned = [HEADER, row({ Time: '3', Amount: '9' })].map((line) => line.split(',').reverse().join(','));
    const [only] = await rowsOf(fileOf(turned.join('\n')));
    expect([only!.values[0], only!.values[29], only!.label]).toEqual([3, 9, 0]);
  });

  it('names a time in exponent form by its seconds', async () => {
    expect(await rowsOf(fileOf(`${HEADER}\n${row({ Time: '1e+05' })}\n`))).toMatchObject([{ id: '100000_0' }]);
  });

  it('reads .gz', async () => {
    const path = fileOf(gzipSync(`${HEADER}\n${row()}\n`), 'transactions.csv.gz');
    expect(await rowsOf(path)).toHaveLength(1);
  });

  it('reads the same rows however the bytes are cut', async () => {
    const text = `\uFEFF${HEADER}\r\n${row()}\r\n${row({ Time: '1' })}\r\n`;
    const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
    const source = await openCsv('-', { stdin: Readable.from(bytes) });
    const rows = await all(parseTransactions(source));
    expect(rows.map(({ id }) => id)).toEqual(['0.5_0', '1_1']);
  });

  it('knows what share of the file the rows so far make up', async () => {
    const lines = [HEADER, row(), row(), row()].map((line) => `${line}\n`);
    const csv = await readTransactions(fileOf(lines.join('')));
    const shares: number[] = [];
    for await (const { index } of csv.rows) shares[index] = csv.fraction()! * lines.join('').length;
    expect(shares).toEqual([2, 3, 4].map((count) => lines.slice(0, count).join('').length));
  });

  it('ends early on the signal, also while it waits for input', async () => {
    const stop = new AbortController();
    const stdin = new Readable({ read: () => undefined });
    // The parser looks ahead: the last line of an input that pauses is not known to be whole.
    stdin.push(`${HEADER}\n${row()}\n${row()}\n`);
    const source = await openCsv('-', { stdin, signal: stop.signal });
    const seen: string[] = [];
    for await (const { id } of parseTransactions(source)) {
      seen.push(id);
      setImmediate(() => stop.abort());
    }
    expect(seen).toEqual(['0.5_0']);
  });
});

describe('refusing a broken CSV', () => {
  it.each([
    ['abc', "column V12: 'abc' is not a number"],
    ['', "column V12: '' is not a number"],
    [' 1', "column V12: ' 1' is not a number"],
    ['0x10', "column V12: '0x10' is not a number"],
    ['12abc', "column V12: '12abc' is not a number"],
    ['NaN', "column V12: 'NaN' is not a number"],
    ['Infinity', "column V12: 'Infinity' is not a number"],
    ['1e', "column V12: '1e' is not a number"],
    ['1_000', "column V12: '1_000' is not a number"],
    ['"1,234.5"', "column V12: '1,234.5' is not a number"],
    ['"1\n2"', "column V12: '1\n2' is not a number"],
    ['"1', 'column V12: a quote opens and never closes'],
    ['1"2', 'column V12: a quote in the middle of a cell'],
    ['"1"2', 'column V12: more text after the closing quote'],
    ['1e309', 'column V12: 1e309 is too large'],
    ['1,234.5', '32 cells where the header has 31 columns'],
  ])('a cell that reads %j', async (cell, message) => {
    const path = fileOf(`${HEADER}\n${row()}\n${row({ V12: cell })}\n`);
    await expect(rowsOf(path)).rejects.toMatchObject({
      code: 'CSV_BROKEN',
      message: `transactions.csv:3: ${message}`,
    });
  });

  it.each([
    ['an empty file', '', 'transactions.csv is empty'],
    ['a header alone', `${HEADER}\n`, 'transactions.csv has a header but no transactions'],
    ['a ragged row', `${HEADER}\n1,2,3\n`, 'transactions.csv:2: 3 cells where the header has 31 columns'],
    ['an empty line between rows', `${HEADER}\n${row()}\n\n${row()}\n`, 'transactions.csv:3: empty line'],
    ['missing columns', `${HEADER.replace('V3,V4,', '')}\n`, 'transactions.csv:1: missing columns V3, V4'],
    ['an unknown column', `${HEADER},Extra\n`, "transactions.csv:1: unknown column 'Extra'"],
    ['a duplicate column', `${HEADER},V3\n`, "transactions.csv:1: duplicate column 'V3'"],
    ['no header', `${row()}\n`, "transactions.csv:1: unknown column '0.5'"],
    [
      'a label of its own',
      `${HEADER}\n${row({ Class: '2' })}\n`,
      'transactions.csv:2: column Class: 2 is neither 0 nor 1',
    ],
    [
      'an over-long line',
      `${HEADER}\n${'1'.repeat(LINE_LENGTH_MAX + 1)}`,
      `transactions.csv:2: longer than ${LINE_LENGTH_MAX} characters`,
    ],
  ])('%s', async (_what, text, message) => {
    await expect(rowsOf(fileOf(text))).rejects.toMatchObject({ code: 'CSV_BROKEN', message });
  });

  it('names the broken line after the rows before it have been read, and none of those after it', async () => {
    const text = `\uFEFF${HEADER}\r\n${row()}\r\n${row()}\r\n${row({ V3: '"1' })}\r\n${`${row()}\r\n`.repeat(200)}`;
    const seen: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const { index } of (await readTransactions(fileOf(text))).rows) seen.push(index);
    };
    await expect(reading()).rejects.toThrow('transactions.csv:4: column V3: a quote opens and never closes');
    expect(seen).toEqual([0, 1]);
  });

  it.each(['1', ','])('stops reading a line of %j that never ends', async (character) => {
    let pulled = 0;
    const stdin = new Readable({
      read() {
        pulled += 1;
        this.push(character.repeat(4096));
      },
    });
    const source = await openCsv('-', { stdin });
    await expect(all(parseTransactions(source))).rejects.toThrow('longer than');
    expect(pulled).toBeLessThan(20);
  });

  it.each([
    ['a directory', () => folder, 'it is a directory'],
    ['an absent file', () => join(folder, 'absent.csv'), 'ENOENT'],
    ['what is no gzip', () => fileOf(HEADER, 'plain.csv.gz'), 'incorrect header check'],
    ['half a gzip', () => fileOf(gzipSync(HEADER + row()).subarray(0, 40), 'half.csv.gz'), 'unexpected end of file'],
  ])('%s', async (_what, path, message) => {
    await expect(rowsOf(path())).rejects.toMatchObject({
      code: 'CSV_UNREADABLE',
      message: expect.stringContaining(message) as string,
    });
  });
});
