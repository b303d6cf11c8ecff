// The last commands that took long: SLOWLOG.
import type { Args } from '../resp/args.ts';
import type { Command } from './command.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';

const ARGUMENTS_SHOWN_MAX = 32;
const ARGUMENT_BYTES_SHOWN_MAX = 128;

export interface SlowCommand {
  readonly id: number;
  readonly atSeconds: number;
  readonly microseconds: number;
  readonly words: readonly string[];
  readonly client: string;
  readonly clientName: string;
}

export class Slowlog {
  /** Newest first. */
  entries: SlowCommand[] = [];
  #lastId = -1;
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  note(session: Session, command: Command, args: Args, microseconds: number): void {
    const { slowlogMicroseconds, slowlogEntriesMax } = this.#settings;
    if (microseconds < slowlogMicroseconds || slowlogMicroseconds < 0) return;
    if (command.flags.includes('skip_slowlog')) return;
    this.entries.unshift({
      id: ++this.#lastId,
      atSeconds: Math.floor(Date.now() / 1000),
      microseconds: Math.round(microseconds),
      words: shortened(args),
      client: session.connection.remoteAddress,
      clientName: session.name,
    });
    if (this.entries.length > slowlogEntriesMax) this.entries.length = slowlogEntriesMax;
  }
}

function shortened(args: Args): string[] {
  const shown = Math.min(args.length, ARGUMENTS_SHOWN_MAX);
  const words = Array.from({ length: shown }, (_, i) => {
    const text = args.text(i);
    const more = text.length - ARGUMENT_BYTES_SHOWN_MAX;
    return more <= 0 ? text : `${text.slice(0, ARGUMENT_BYTES_SHOWN_MAX)}... (${more} more bytes)`;
  });
  if (args.length > shown) words[shown - 1] = `... (${args.length - shown + 1} more arguments)`;
  return words;
}
