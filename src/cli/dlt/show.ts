// `fraudstream dlt show <partition:offset>`: everything about one dead letter.
import type { Transaction } from '../../contracts/transaction.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { checkedPosition } from './letter-filter.ts';
import { timeText } from './letter-line.ts';
import { decoded, readLetters, type StoredLetter } from './stored-letter.ts';

export async function showLetter(context: CommandContext, positions: readonly string[]): Promise<undefined> {
  const { settings, log, signal, print } = context;
  if (positions.length !== 1) throw wantsOne();
  const position = checkedPosition(positions[0]!);
  const [partition, offset] = position.split(':').map(Number) as [number, number];
  const found = new AbortController();
  let wanted: StoredLetter | undefined;
  const onLetter = (stored: StoredLetter): void => {
    if (stored.position === position) wanted = stored;
    if (stored.record.partition === partition && stored.record.offset >= offset) found.abort();
  };
  const reading = { signal: AbortSignal.any([signal, found.signal]), from: new Map([[partition, offset]]) };
  await readLetters(kafkaConfig(settings, log), settings.deadLetterTopic, onLetter, reading);
  if (wanted === undefined) throw notThere(position, settings.deadLetterTopic);
  if (settings.json) print(JSON.stringify(wholeObject(wanted)));
  else wholeLines(wanted).forEach(print);
}

function wholeObject(stored: StoredLetter): object {
  const { position, record, letter } = stored;
  const transaction = decoded(stored);
  return {
    position,
    time: timeText(record.timestamp),
    ...letter,
    key: record.key?.toString() ?? null,
    payload: record.value?.toString('hex') ?? null,
    transaction: typeof transaction === 'string' ? null : plain(transaction),
  };
}

const HEX_BYTES_A_LINE = 32;

function wholeLines(stored: StoredLetter): string[] {
  const { position, record, letter } = stored;
  const facts = { position, time: timeText(record.timestamp), ...letter, key: record.key?.toString() ?? 'none' };
  const transaction = decoded(stored);
  return [
    ...Object.entries(facts).map(([name, value]) => `${name.padEnd(17)}${JSON.stringify(value).replace(/^"|"$/g, '')}`),
    '',
    record.value === null ? 'no value' : `${record.value.length} bytes:`,
    ...hexLines(record.value ?? Buffer.alloc(0)),
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
const plain = (transaction: Transaction): object => ({ ...transaction, features: [...transaction.features] });

function wantsOne(): FraudstreamError {
  return new FraudstreamError('POSITION_MISSING', 'dlt show wants one position', {
    next: 'fraudstream dlt show <partition:offset>, as fraudstream dlt list shows it',
    exitCode: EXIT.usage,
  });
}

function notThere(position: string, topic: string): FraudstreamError {
  return new FraudstreamError('LETTER_MISSING', `there is no dead letter at ${position} of ${topic}`, {
    next: 'see which there are: fraudstream dlt list',
    exitCode: EXIT.data,
  });
}
