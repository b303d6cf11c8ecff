// `fraudstream dlt list`: a line for each dead letter, or for each stage and class of them.
import { counted } from '../../core/counted.ts';
import type { CommandContext } from '../command-context.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { letterFilter } from './letter-filter.ts';
import { LetterSummary } from './letter-summary.ts';
import { letterHeading, letterLine, letterObject } from './letter-line.ts';
import { readReplayed } from './replayed-letters.ts';
import { readLetters, type StoredLetter } from './stored-letter.ts';

export async function listLetters(context: CommandContext, positions: readonly string[]): Promise<undefined> {
  const { settings, log, signal, print, tell } = context;
  const isWanted = letterFilter(settings, positions);
  const config = kafkaConfig(settings, log);
  const replayed = await readReplayed(config, settings.deadLetterTopic, signal);
  const summary = new LetterSummary();
  const enough = new AbortController();
  if (!settings.json && !settings.summary) tell(letterHeading);

  const onLetter = (stored: StoredLetter): void => {
    if (enough.signal.aborted || !isWanted(stored)) return;
    const wasReplayed = replayed.has(stored.record);
    summary.add(stored, wasReplayed);
    if (!settings.summary)
      print(settings.json ? JSON.stringify(letterObject(stored, wasReplayed)) : letterLine(stored, wasReplayed));
    if (summary.letters === settings.limit) enough.abort();
  };
  const reading = { signal: AbortSignal.any([signal, enough.signal]) };
  const others = await readLetters(config, settings.deadLetterTopic, onLetter, reading);
  if (settings.summary) summary.lines(settings.json).forEach(print);
  if (!settings.json) tell(counted(summary.letters, 'dead letter'));
  if (others > 0) tell(`${others} records of ${settings.deadLetterTopic} are no dead letters, and not shown`);
}
