// What the HTTP server is made of: a list of routes, each with one answer.
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Answers at once, or takes the response over for good and returns nothing. */
  readonly handle: (
    request: IncomingMessage,
    response: ServerResponse,
  ) => Answer | undefined | Promise<Answer | undefined>;
}

export const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value) + '\n',
});
