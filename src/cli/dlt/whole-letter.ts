// Everything about a dead letter: where it came from and why, its bytes, and its transaction. Card numbers are masked: what is shown
// is copied into tickets and mails, and the topic has them as they came.
import type { Transaction } from '../../contracts/transaction.ts';
import { maskCards, scrubForeign } from '../../core/card-numbers.ts';
import { shownFacts, timeText } from './letter-line.ts';
import { decoded, type StoredLetter } from './stored-letter.ts';

/** What `--json` prints. */
export function wholeObject(stored: StoredLetter): object {
  const transaction = decoded(stored);
  const { bytes, masked } = shownBytes(stored);
  return {
    ...factsOf(stored),
    payload: bytes?.toString('hex') ?? null,
    masked,
    transaction: typeof transaction === 'string' ? null : plain(transaction),
  };
}

const factsOf = ({ position, record, letter }: StoredLetter) => ({
  position,
  time: timeText(record.timestamp),
  ...shownFacts(letter),
  key: record.key === null ? null : scrubForeign(record.key.toString()),
});

/** `masked` where they differ from those on the topic. */
function shownBytes({ record: { value } }: StoredLetter): { readonly bytes: Buffer | null; readonly masked: boolean } {
  const bytes = value === null ? null : maskCards(value);
  return { bytes, masked: value !== null && !value.equals(bytes!) };
}

const HEX_BYTES_A_LINE = 32;

export function wholeLines(stored: StoredLetter): string[] {
  const { key, ...facts } = factsOf(stored);
  const { bytes, masked } = shownBytes(stored);
  const transaction = decoded(stored);
  const note = masked ? ' (2a where a card number is masked; the topic has them as they came)' : '';
  return [
    ...Object.entries({ ...facts, key: key ?? 'none' }).map(
      ([name, value]) => `${name.padEnd(17)}${JSON.stringify(value).replace(/^"|"$/g, '')}`,
    ),
    '',
    bytes === null ? 'no value' : `${bytes.length} bytes${note}:`,
    ...hexLines(bytes ?? Buffer.alloc(0)),
    '',
    typeof transaction === 'string'
      ? `no transaction: ${transaction}`
      : JSON.stringify(plain(transaction), undefined, 2),
  ];
}

function hexLines(bytes: Buffer): string[] {
  const lines = Math.ceil(bytes.length / HEX_BYTES_A_LINE);
  return Array.from({ length: lines }, (_, line) => {
    const from = line * HEX_BYTES_A_LINE;
    return `  ${from.toString(16).padStart(6, '0')}  ${bytes.toString('hex', from, from + HEX_BYTES_A_LINE)}`;
  });
}

/** As JSON takes it. */
const plain = ({ transactionId, features, ...numbers }: Transaction): object => ({
  transactionId: scrubForeign(transactionId),
  ...numbers,
  features: [...features],
});
