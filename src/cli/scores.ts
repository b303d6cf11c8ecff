// `fraudstream scores`: the scores topic on the screen, committed records only, from its beginning.
import type { Settings } from '../config/settings.ts';
import { decodeFraudScore, type FraudScore } from '../contracts/fraud-score.ts';
import type { CommandContext } from './command-context.ts';
import { kafkaConfig } from './kafka-client.ts';
import { readScoreTopic } from './score-topic.ts';

export async function runScores({ settings, log, signal, print }: CommandContext): Promise<undefined> {
  const show = (score: FraudScore): void => {
    if (isWanted(score, settings)) print(settings.json ? JSON.stringify(score) : scoreLine(score));
  };
  const { scoresTopic: topic, follow } = settings;
  await readScoreTopic(kafkaConfig(settings, log), { topic, follow, signal }, (value) => show(decodeFraudScore(value)));
}

/** By the verdict that was published and by the score. */
export function isWanted(
  { score, fraud }: FraudScore,
  { only, minScore }: Pick<Settings, 'only' | 'minScore'>,
): boolean {
  return score >= minScore && (only === undefined || fraud === (only === 'fraud'));
}

export function scoreLine({ transactionId, score, fraud, amount, label }: FraudScore): string {
  const known = label === null ? '' : label === 1 ? '  (known fraud)' : '';
  return `${score.toFixed(6)}  ${fraud ? 'FRAUD  ' : 'genuine'}  ${transactionId.padEnd(16)} ${amount.toFixed(2).padStart(10)}${known}`;
}
