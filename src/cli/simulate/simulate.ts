// `fraudstream simulate`: a client that scores random transactions one after the other against an engine, without Kafka.
import { startEngineProcess } from '../../local/engine-process.ts';
import { Closers } from '../closers.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT_INTERRUPTED } from '../interruption.ts';
import { mainModuleArguments } from '../main-module.ts';
import { provisionEngine } from '../provision.ts';
import { engineAddress, withRedis } from '../redis-client.ts';
import { randomEvents, type SimulatedEvent } from './random-event.ts';
import { ScoringClient, type SimulatedScore } from './scoring-client.ts';
import { SimulationSummary } from './simulation-summary.ts';

/** Further ones are only counted; with --json each has its line. */
const SHOWN_MAX = 20;

export async function runSimulate(context: CommandContext): Promise<number> {
  const closers = new Closers(context.log);
  try {
    return await simulate(context, await engineUrl(context, closers));
  } finally {
    await closers.closeAll();
  }
}

/** The engine that was given, as it is; else one of ours, provisioned as the demo does. */
async function engineUrl({ settings, tell }: CommandContext, closers: Closers): Promise<string> {
  if (settings.given.has('redisaiUrl')) return settings.redisaiUrl;
  const engine = await startEngineProcess(mainModuleArguments());
  closers.add('engine', () => engine.stop());
  const { references, models } = await provisionEngine(settings, engine.url);
  tell(`embedded engine with ${references} references, the script and ${models.length} models`);
  return engine.url;
}

async function simulate(context: CommandContext, url: string): Promise<number> {
  const { settings, print, signal } = context;
  const address = engineAddress(settings, url);
  const seed = settings.given.has('seed') ? settings.seed : Math.floor(Math.random() * 2 ** 32);
  const span = await withRedis(address, (redis) => new ScoringClient(redis, settings).span());
  const events = take(randomEvents(span, seed), settings.simulateCount, signal);
  const summary = new SimulationSummary();
  const started = performance.now();
  // The clients draw from the same events; each has a connection of its own.
  await Promise.all(
    Array.from({ length: Math.min(settings.concurrency, settings.simulateCount) }, () =>
      withRedis(address, async (redis) => {
        const client = new ScoringClient(redis, settings);
        for (const event of events) {
          const scored = await client.score(event);
          summary.add(scored);
          show(context, event, scored);
        }
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  if (settings.json) print(JSON.stringify(summary.report(seconds)));
  else for (const line of summary.lines(seconds)) print(line);
  return signal.aborted ? EXIT_INTERRUPTED : 0;
}

/** Shared by several loops, which a generator would not survive: the first to leave its loop would end it for all. */
function take(events: Generator<SimulatedEvent>, count: number, signal: AbortSignal): Iterable<SimulatedEvent> {
  let left = count;
  const next = (): IteratorResult<SimulatedEvent, undefined> =>
    left-- > 0 && !signal.aborted
      ? (events.next() as IteratorYieldResult<SimulatedEvent>)
      : { done: true, value: undefined };
  return { [Symbol.iterator]: () => ({ next }) };
}

function show({ settings, print }: CommandContext, event: SimulatedEvent, scored: SimulatedScore): void {
  const { interval, transaction } = event;
  const { references, score, milliseconds } = scored;
  if (settings.json) print(JSON.stringify({ transaction: transaction.transactionId, interval, ...scored }));
  else if (settings.simulateCount <= SHOWN_MAX)
    print(
      `Transaction is fraudulent with probability ${score.toFixed(6)}; total time ${milliseconds.toFixed(2)} ms ` +
        `(${references} references from second ${interval.from} to ${interval.to})`,
    );
}
