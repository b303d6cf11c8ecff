// `fraudstream simulate`: a client that scores random transactions one after the other against an engine, without Kafka.
import type { Redis } from 'ioredis';
import { shardOf, shardTags } from '../../contracts/shard-tags.ts';
import { startEngineProcess } from '../../local/engine-process.ts';
import { Closers } from '../closers.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT_INTERRUPTED } from '../interruption.ts';
import { mainModuleArguments } from '../main-module.ts';
import { contentsOf, provisionShards } from '../provision.ts';
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
  tell(`embedded engine with ${contentsOf(await provisionShards(settings, engine.url))}`);
  return engine.url;
}

async function simulate(context: CommandContext, url: string): Promise<number> {
  const { settings, print, signal } = context;
  const address = engineAddress(settings, url);
  const seed = settings.given.has('seed') ? settings.seed : Math.floor(Math.random() * 2 ** 32);
  const tags = shardTags(settings.tag, settings.shards);
  const clientOf = (redis: Redis, tag: string): ScoringClient => new ScoringClient(redis, { ...settings, tag });
  const span = await withRedis(address, tags[0]!, (redis) => clientOf(redis, tags[0]!).span());
  const events = take(randomEvents(span, seed), settings.simulateCount, signal);
  const summary = new SimulationSummary();
  const started = performance.now();
  const clients = Math.min(settings.concurrency, settings.simulateCount);
  // The clients draw from the same events; each has a connection of its own, and they take the shards in turn.
  await Promise.all(
    Array.from({ length: clients }, (_, index) => tags[shardOf(index, tags.length)]!).map((tag) =>
      withRedis(address, tag, async (redis) => {
        const client = clientOf(redis, tag);
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
