// What every command is given.
import type { LoadedSettings } from '../config/load-settings.ts';
import type { Log } from '../telemetry/logger.ts';

export interface CommandContext {
  readonly settings: LoadedSettings;
  /** Positional arguments, as given. */
  readonly args: readonly string[];
  /** The whole command line, for a command that starts others like itself. */
  readonly words: readonly string[];
  readonly log: Log;
  /** Aborts at the first Ctrl-C or SIGTERM: finish what is in hand and return. */
  readonly signal: AbortSignal;
  /** One line of result to stdout. */
  readonly print: (line: string) => void;
  /** One line for a person to stderr, which is not part of the result. */
  readonly tell: (line: string) => void;
}
