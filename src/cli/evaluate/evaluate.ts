// `fraudstream evaluate`: scores, with the labels they carry, become figures, a report, and an exit code for CI.
import { basename } from 'node:path';
import { decodeFraudScore } from '../../contracts/fraud-score.ts';
import { scrubText } from '../../core/card-numbers.ts';
import { EXIT } from '../../core/errors.ts';
import { Evaluation } from '../../evaluate/evaluation.ts';
import { reportPage } from '../../evaluate/page/report-page.ts';
import { scoreFault, type ScoredTransaction } from '../../evaluate/scored-transaction.ts';
import type { CommandContext } from '../command-context.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { readScoreTopic } from '../score-topic.ts';
import { writeReport } from '../write-report.ts';
import { evaluationLines, progressLine } from './evaluation-lines.ts';
import { modelReference } from './model-reference.ts';
import { missedGoals, parseQualityGoals } from './quality-goals.ts';
import { readScoreFile } from './score-file.ts';

const FOLLOW_REPORT_MS = 5_000;

export async function runEvaluate(context: CommandContext): Promise<number> {
  const { settings, args, print, tell } = context;
  const goals = parseQualityGoals(settings.failUnder ?? []);
  const evaluation = new Evaluation({ threshold: settings.evaluateThreshold, reference: modelReference() });
  await readScores(context, evaluation);
  const ranked = evaluation.ranked();
  const report = evaluation.report(ranked);
  const missed = missedGoals(goals, report.quality, ranked);
  const source = args[0] === undefined ? settings.scoresTopic : scrubText(basename(args[0]));
  if (settings.html !== undefined) {
    await writeReport(
      settings.html,
      reportPage({ source, report, ranked, missed, latencies: evaluation.latencies.bins() }),
    );
    tell(`wrote ${settings.html}`);
  }
  for (const line of evaluationLines(report)) (settings.json ? tell : print)(line);
  if (settings.json) print(JSON.stringify({ source, ...report, missed }));
  for (const line of missed) tell(`missed: ${line}`);
  return missed.length === 0 ? 0 : EXIT.failure;
}

async function readScores(
  { settings, args, log, signal, tell }: CommandContext,
  evaluation: Evaluation,
): Promise<void> {
  const [file] = args;
  if (file !== undefined) return readScoreFile(file, (score) => evaluation.add(score), signal);
  const { scoresTopic: topic, follow } = settings;
  const timer = follow ? setInterval(() => tell(progressLine(evaluation)), FOLLOW_REPORT_MS) : undefined;
  try {
    await readScoreTopic(kafkaConfig(settings, log), { topic, follow, signal }, (value) => {
      const score = scoreOf(value);
      if (score === undefined) evaluation.addUnreadable();
      else evaluation.add(score);
    });
  } finally {
    clearInterval(timer);
  }
}

/** Undefined where the value is no score: another program may write to the topic too. */
function scoreOf(value: Buffer): ScoredTransaction | undefined {
  try {
    const score = decodeFraudScore(value);
    return scoreFault(score) === undefined ? score : undefined;
  } catch {
    return undefined;
  }
}
