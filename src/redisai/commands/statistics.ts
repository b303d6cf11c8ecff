// The counters that INFO shows.

export interface CommandCounter {
  calls: number;
  microseconds: number;
  rejected: number;
  failed: number;
}

export class Statistics {
  connectionsReceived = 0;
  connectionsRejected = 0;
  commandsProcessed = 0;
  inputBytes = 0;
  outputBytes = 0;
  protocolErrors = 0;
  peakBytes = 0;
  /** By full name (`config|get`). */
  readonly commands = new Map<string, CommandCounter>();
  /** Number of error replies by first word. */
  readonly errors = new Map<string, number>();

  /** The counter of one command, made when first asked for. */
  command(name: string): CommandCounter {
    let counter = this.commands.get(name);
    if (counter === undefined) {
      counter = { calls: 0, microseconds: 0, rejected: 0, failed: 0 };
      this.commands.set(name, counter);
    }
    return counter;
  }

  /** `text` is the error line. The words are the engine's own, except that a script may raise its own: so bounded. */
  error(text: string): void {
    const end = text.indexOf(' ');
    const word = end === -1 ? text : text.slice(0, end);
    const count = this.errors.get(word);
    if (count !== undefined || this.errors.size < 128) this.errors.set(word, (count ?? 0) + 1);
  }

  reset(): void {
    this.connectionsReceived = 0;
    this.connectionsRejected = 0;
    this.commandsProcessed = 0;
    this.inputBytes = 0;
    this.outputBytes = 0;
    this.protocolErrors = 0;
    this.commands.clear();
    this.errors.clear();
  }
}
