// Commands that wait for a list or sorted set to have something in it: BLPOP and its family.
import type { Database } from '../keyspace/database.ts';
import { ErrorReply, type Reply } from '../resp/reply.ts';
import { ReplyError } from './command.ts';
import type { Engine } from './engine.ts';
import type { Session } from './session.ts';

export interface BlockRequest {
  readonly keys: readonly string[];
  /** 0: for ever. */
  readonly timeoutMs: number;
  /** What the client gets when the time is over. */
  readonly onTimeout: Reply;
  /** Tries to do it now; undefined if there is still nothing. */
  attempt(): Reply | undefined;
}

/** One client waiting. The order of waiting is the order of a key's set of waiters. */
export class BlockedClient {
  readonly keys: readonly string[];
  readonly #database: Database;
  readonly #request: BlockRequest;
  readonly #resolve: (reply: Reply) => void;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #session: Session;

  constructor(session: Session, request: BlockRequest, resolve: (reply: Reply) => void) {
    this.#session = session;
    this.keys = request.keys;
    this.#database = session.database;
    this.#request = request;
    this.#resolve = resolve;
    for (const key of this.keys) this.#database.wait(key, this);
    this.#timer = request.timeoutMs === 0 ? undefined : this.#startTimer();
    session.blocked = this;
  }

  /** Called when one of the keys may have something; true if this client has been served. */
  serve(): boolean {
    let reply: Reply | undefined;
    try {
      reply = this.#request.attempt();
    } catch (thrown) {
      if (!(thrown instanceof ReplyError)) throw thrown;
      reply = new ErrorReply(thrown.message);
    }
    if (reply === undefined) return false;
    this.finish(reply);
    return true;
  }

  /** CLIENT UNBLOCK, without an error. */
  timeOut(): void {
    this.finish(this.#request.onTimeout);
  }

  finish(reply: Reply): void {
    clearTimeout(this.#timer);
    for (const key of this.keys) this.#database.stopWaiting(key, this);
    this.#session.blocked = undefined;
    this.#resolve(reply);
  }

  #startTimer(): NodeJS.Timeout {
    // A longer time than a timer can hold is as good as for ever, and is cut to that.
    return setTimeout(() => this.timeOut(), Math.min(this.#request.timeoutMs, 2 ** 31 - 1));
  }
}

/** Answers at once if it can, or must (inside MULTI, from a script), else when it can. */
export function block(session: Session, request: BlockRequest): Reply | Promise<Reply> {
  const reply = request.attempt();
  if (reply !== undefined) return reply;
  if (session.caller !== 'connection') return request.onTimeout;
  return new Promise((resolve) => new BlockedClient(session, request, resolve));
}

/** Serves the clients that wait for keys which have been written since the last call, first come first served. */
export function serveBlocked(engine: Engine): void {
  const { readyKeys } = engine.keyspace;
  for (let ready = readyKeys.shift(); ready !== undefined; ready = readyKeys.shift()) {
    for (const waiter of ready.database.waitersFor(ready.key)) {
      waiter.serve();
    }
  }
}
