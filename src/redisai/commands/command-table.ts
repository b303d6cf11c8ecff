// Finds a command by the name that was sent.
import type { Command } from './command.ts';

export class CommandTable {
  readonly #commands = new Map<string, Command>();
  /** Names as clients spell them: `set` and `SET` are found without folding the case each time. */
  readonly #spellings = new Map<string, Command>();

  constructor(lists: readonly (readonly Command[])[]) {
    for (const command of lists.flat()) {
      if (this.#commands.has(command.name)) throw new Error(`two commands are named ${command.name}`);
      this.#commands.set(command.name, command);
      this.#spellings.set(command.name, command);
      this.#spellings.set(command.name.toUpperCase(), command);
    }
  }

  /** By name in any case. */
  find(name: string): Command | undefined {
    return this.#spellings.get(name) ?? this.#commands.get(name.toLowerCase());
  }

  get size(): number {
    return this.#commands.size;
  }

  all(): IterableIterator<Command> {
    return this.#commands.values();
  }
}
