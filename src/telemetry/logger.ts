// The program's log: to stderr, one line per batch at most at info; pretty on a terminal, JSON otherwise.
import { pino, type DestinationStream, type Level, type LogFn, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { messageOf } from '../core/errors.ts';
import { scrub, scrubText } from './scrub.ts';

export type Log = Logger;
export type LogLevel = Level | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** For people rather than machines. */
  readonly pretty?: boolean;
  /** Where lines go, for tests; stderr unless told. */
  readonly destination?: DestinationStream;
}

export function createLog(options: LogOptions): Log {
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => scrub(fields) as Record<string, unknown> },
      // The scrubber has already made an error plain; pino's own would bring its fields back.
      serializers: { err: (error: unknown) => error },
      hooks: {
        logMethod(args, method) {
          method.apply(this, scrubArguments(args));
        },
      },
    },
    options.destination ?? stderrLines(options.pretty ?? process.stderr.isTTY),
  );
}

/** pino takes an error's message for the line's: both are scrubbed, the error by `formatters.log`. */
function scrubArguments(args: Parameters<LogFn>): Parameters<LogFn> {
  const [first, ...rest] = args as unknown[];
  const whole = first instanceof Error && rest.length === 0 ? [{ err: first }, messageOf(first)] : [first, ...rest];
  return whole.map((arg) => (typeof arg === 'string' ? scrubText(arg) : arg)) as Parameters<LogFn>;
}

function stderrLines(forPeople: boolean): DestinationStream {
  if (!forPeople) return pino.destination({ dest: 2, sync: true });
  return pretty({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' });
}
