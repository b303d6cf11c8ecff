// The live page: its files, a snapshot a second for all who look, and the door to the engine.
import { messageOf } from '../../core/errors.ts';
import { json, type Answer, type Route } from '../http/route.ts';
import { EngineDoor, type EngineDoorOptions } from './engine-door.ts';
import { EventStream } from './event-stream.ts';
import { StreamHistory } from './history.ts';
import { pageRoutes } from './page-files.ts';
import { BadRun, readRunRequest } from './run-request.ts';
import { takeSnapshot, type SnapshotParts } from './snapshot-source.ts';

export interface LivePage {
  readonly routes: readonly Route[];
  stop(): void;
}

const SECOND_MS = 1_000;

export function startLivePage(parts: Omit<SnapshotParts, 'history'>, engine: EngineDoorOptions): LivePage {
  const history = new StreamHistory(parts.tally);
  const events = new EventStream();
  const door = new EngineDoor(engine);
  const text = (): string => JSON.stringify(takeSnapshot({ ...parts, history }));
  const timer = setInterval(() => {
    history.tick();
    if (events.isWatched) events.send(text());
  }, SECOND_MS).unref();
  return {
    routes: [
      ...pageRoutes(),
      { method: 'GET', path: '/api/events', handle: (_request, response) => events.open(response, text()) },
      { method: 'GET', path: '/api/snapshot', handle: () => ({ ...json(200, null), body: text() }) },
      { method: 'GET', path: '/api/engine', handle: ({ url }) => answered(() => door.contents(shardIn(url))) },
      ...(engine.mayRun ? [runRoute(door)] : []),
    ],
    stop: () => {
      clearInterval(timer);
      door.close();
    },
  };
}

/** `api/engine?shard=tag-3` */
const shardIn = (url = ''): string | undefined => new URLSearchParams(url.split('?')[1]).get('shard') ?? undefined;

/** One run at a time: a page is to look with, and the engine has a stream to score. */
function runRoute(door: EngineDoor): Route {
  let isRunning = false;
  return {
    method: 'POST',
    path: '/api/run',
    handle: (request) =>
      answered(async () => {
        if (isRunning) throw new BadRun(429, 'another run is not over yet');
        isRunning = true;
        try {
          return await door.run(await readRunRequest(request, door.keys));
        } finally {
          isRunning = false;
        }
      }),
  };
}

/** An engine that is away or refuses is an answer too. */
async function answered(work: () => Promise<unknown>): Promise<Answer> {
  try {
    return json(200, await work());
  } catch (error) {
    return json(error instanceof BadRun ? error.status : 502, { error: messageOf(error) });
  }
}
