// What the stream asks of a logger; pino's satisfies it.

type LogLine = (fields: object, message: string) => void;

export interface StreamLog {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}

export const NO_LOG: StreamLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
