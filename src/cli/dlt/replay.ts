// `fraudstream dlt replay`: the bytes of dead letters back onto the transactions topic, to be scored after all. Each is
// replayed once, however often this runs, in whichever order, with whatever filters: what was replayed is noted letter by letter.
import { createInterface } from 'node:readline/promises';
import type { KafkaConfig } from 'kafkajs';
import { counted } from '../../core/counted.ts';
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT_INTERRUPTED } from '../interruption.ts';
import { kafkaConfig } from '../kafka-client.ts';
import { letterFilter, type LetterFilter } from './letter-filter.ts';
import { LetterPlaces, readReplayed } from './replayed-letters.ts';
import { ReplayWriter } from './replay-writer.ts';
import { readLetters } from './stored-letter.ts';

interface ReplayPlan {
  readonly chosen: LetterPlaces;
  /** Fit the filters, and are not replayed: because they were before, are cut, or came from another topic. */
  replayedBefore: number;
  cut: number;
  ofOtherTopics: number;
}

export async function replayLetters(
  context: CommandContext,
  positions: readonly string[],
): Promise<number | undefined> {
  const { settings, log } = context;
  const config = kafkaConfig(settings, log);
  const plan = await makePlan(context, config, letterFilter(settings, positions));
  const isMeant = !settings.dryRun && plan.chosen.size > 0 && (await isConfirmed(context, plan));
  report(context, plan, isMeant ? await replayPlanned(context, config, plan) : 0);
  return context.signal.aborted ? EXIT_INTERRUPTED : undefined;
}

/** Places only: the letters themselves are read again when they are replayed. */
async function makePlan(
  { settings, signal }: CommandContext,
  config: KafkaConfig,
  isWanted: LetterFilter,
): Promise<ReplayPlan> {
  const { deadLetterTopic, transactionsTopic, limit = Infinity } = settings;
  const before = await readReplayed(config, deadLetterTopic, signal);
  const plan: ReplayPlan = { chosen: new LetterPlaces(), replayedBefore: 0, cut: 0, ofOtherTopics: 0 };
  await readLetters(
    config,
    deadLetterTopic,
    (stored) => {
      if (!isWanted(stored)) return;
      if (before.has(stored.record)) plan.replayedBefore++;
      else if (stored.letter.payloadTruncated) plan.cut++;
      else if (stored.letter.sourceTopic !== transactionsTopic) plan.ofOtherTopics++;
      else if (plan.chosen.size < limit) plan.chosen.add(stored.record);
    },
    { signal },
  );
  return plan;
}

/** @returns how many were replayed */
async function replayPlanned(
  { settings, signal }: CommandContext,
  config: KafkaConfig,
  { chosen }: ReplayPlan,
): Promise<number> {
  const writer = await ReplayWriter.open(config, settings);
  try {
    // Another replay may have been at work since the plan was made; from here on none is.
    const before = await readReplayed(config, settings.deadLetterTopic, signal);
    await readLetters(
      config,
      settings.deadLetterTopic,
      async (stored) => {
        if (chosen.has(stored.record) && !before.has(stored.record)) await writer.put(stored);
      },
      { signal },
    );
    if (!signal.aborted) await writer.flush();
    return writer.replayed;
  } finally {
    await writer.close();
  }
}

async function isConfirmed({ settings, signal }: CommandContext, { chosen }: ReplayPlan): Promise<boolean> {
  if (signal.aborted) return false;
  if (settings.yes) return true;
  if (!process.stdin.isTTY) {
    throw new FraudstreamError(
      'NOT_CONFIRMED',
      `${counted(chosen.size, 'dead letter')} would be replayed, and nobody is there to ask`,
      {
        next: 'give --yes to replay them, or --dry-run to see which',
        exitCode: EXIT.usage,
      },
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = `replay ${counted(chosen.size, 'dead letter')} onto ${settings.transactionsTopic}? [y/N] `;
    return /^y(es)?$/i.test((await terminal.question(question, { signal })).trim());
  } catch {
    return false; // Ctrl-C
  } finally {
    terminal.close();
  }
}

function report({ settings, print }: CommandContext, plan: ReplayPlan, replayed: number): void {
  const { chosen, replayedBefore, cut, ofOtherTopics } = plan;
  if (settings.json) {
    print(
      JSON.stringify({ chosen: chosen.size, replayed, replayedBefore, cut, ofOtherTopics, dryRun: settings.dryRun }),
    );
    return;
  }
  const words = settings.dryRun
    ? `would replay ${counted(chosen.size, 'dead letter')}`
    : `replayed ${counted(replayed, 'dead letter')}`;
  print(`${words} onto ${settings.transactionsTopic}`);
  if (replayedBefore > 0) print(`${replayedBefore} had been replayed before, and are left alone`);
  if (cut > 0)
    print(`${cut} were cut, and cannot be replayed: the whole of each lies at its source, while Kafka keeps it`);
  if (ofOtherTopics > 0) print(`${ofOtherTopics} came from another topic: name it with --transactions-topic`);
}
