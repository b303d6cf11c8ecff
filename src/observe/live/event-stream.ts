// Server-sent events: one text a second, made once and written to every page that is open. A page that does not read loses
// seconds, then its connection; it never makes anybody wait.
import type { ServerResponse } from 'node:http';
import { json, type Answer } from '../http/route.ts';

const PAGES_MAX = 16;
/** Seconds that a page may leave unread. */
const UNREAD_MAX = 10;

export class EventStream {
  /** By open response, the seconds that it has not read in a row. */
  readonly #pages = new Map<ServerResponse, number>();

  get isWatched(): boolean {
    return this.#pages.size > 0;
  }

  /** Takes the response over; refused where there are too many already. */
  open(response: ServerResponse, first: string): Answer | undefined {
    if (this.#pages.size >= PAGES_MAX) return json(503, { error: `${PAGES_MAX} pages are open already` });
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    this.#pages.set(response, 0);
    response.on('close', () => this.#pages.delete(response));
    response.on('error', () => this.#pages.delete(response));
    response.write(frame(first));
    return undefined;
  }

  send(text: string): void {
    const bytes = frame(text);
    for (const [response, unread] of this.#pages) {
      if (!response.writableNeedDrain) {
        response.write(bytes);
        this.#pages.set(response, 0);
      } else if (unread < UNREAD_MAX) this.#pages.set(response, unread + 1);
      else response.destroy();
    }
  }
}

/** JSON has no line ends of its own. */
const frame = (text: string): string => `data: ${text}\n\n`;
