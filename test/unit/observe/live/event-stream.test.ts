// Promise: every open page is told the same; one that does not read loses its connection, not the others'.
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { EventStream } from '../../../../src/observe/live/event-stream.ts';

class Page extends EventEmitter {
  writableNeedDrain = false;
  isDestroyed = false;
  readonly written: string[] = [];
  writeHead(): this {
    return this;
  }
  write(text: string): boolean {
    this.written.push(text);
    return true;
  }
  destroy(): void {
    this.isDestroyed = true;
    this.emit('close');
  }
}
const open = (stream: EventStream): Page => {
  const page = new Page();
  expect(stream.open(page as unknown as ServerResponse, 'first')).toBeUndefined();
  return page;
};

it('tells every page what is now, and then each second', () => {
  const stream = new EventStream();
  const pages = [open(stream), open(stream)];
  stream.send('{"a":1}');
  for (const page of pages) expect(page.written).toEqual(['data: first\n\n', 'data: {"a":1}\n\n']);
});

it('skips a page that does not read, and ends it after ten seconds', () => {
  const stream = new EventStream();
  const [slow, quick] = [open(stream), open(stream)];
  slow.writableNeedDrain = true;
  for (let second = 0; second < 11; second++) stream.send('x');
  expect(slow.written).toHaveLength(1);
  expect(slow.isDestroyed).toBe(true);
  expect(quick.written).toHaveLength(12);
});

it('forgets a page that has gone, and takes no more than sixteen', () => {
  const stream = new EventStream();
  const pages = Array.from({ length: 16 }, () => open(stream));
  expect(stream.open(new Page() as unknown as ServerResponse, 'first')).toMatchObject({ status: 503 });
  pages[0]!.destroy();
  open(stream);
  expect(stream.isWatched).toBe(true);
});
