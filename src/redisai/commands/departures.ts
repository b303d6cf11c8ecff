// Keys that MIGRATE is sending to another engine: who asks for one of them meanwhile waits, so that no write falls between.
import { ErrorReply } from '../resp/reply.ts';
import type { Args } from '../resp/args.ts';
import type { Command } from './command.ts';
import { keyPositions } from './key-positions.ts';
import type { Session } from './session.ts';

export class Departures {
  readonly #keys = new Map<string, Promise<void>>();

  get isAny(): boolean {
    return this.#keys.size > 0;
  }

  /** None of the keys may be leaving already. Returns what ends it. */
  begin(keys: readonly string[]): () => void {
    let settle: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (settle = resolve));
    for (const key of keys) this.#keys.set(key, ended);
    return () => {
      for (const key of keys) this.#keys.delete(key);
      settle();
    };
  }

  /** What the command has to wait for; undefined if nothing. */
  holding(session: Session, command: Command, args: Args): Promise<void> | undefined {
    if (command.name === 'exec') {
      const queue = session.transaction?.queue ?? [];
      return queue.map((queued) => this.#holding(queued.command, queued.args)).find((ended) => ended !== undefined);
    }
    return this.#holding(command, args);
  }

  #holding(command: Command, args: Args): Promise<void> | undefined {
    const positions = command.routingKeysIn?.(args) ?? keyPositions(command, args);
    if (positions instanceof ErrorReply) return undefined;
    // FLUSHALL and its like are about all keys.
    if (positions.length === 0) return command.flags.includes('write') ? this.#keys.values().next().value : undefined;
    for (const position of positions) {
      const ended = this.#keys.get(args.text(position));
      if (ended !== undefined) return ended;
    }
    return undefined;
  }
}
