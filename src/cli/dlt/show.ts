// `fraudstream dlt show <partition:offset>`: everything about one dead letter.
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { checkedPosition } from './letter-filter.ts';
import { readLetters, type StoredLetter } from './stored-letter.ts';
import { wholeLines, wholeObject } from './whole-letter.ts';

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
