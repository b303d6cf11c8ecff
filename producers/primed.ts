// Before the schedule of a replay starts: its first items are made ready, so that opening and reading makes none of them late.

/** Resolves when `count` items, or all there are, wait. What breaks meanwhile is thrown behind the items before it. */
export async function primed<Item>(items: AsyncIterable<Item>, count: number): Promise<AsyncIterable<Item>> {
  const iterator = items[Symbol.asyncIterator]();
  const ready: Promise<IteratorResult<Item>>[] = [];
  for (let ended = false; !ended && ready.length < count;) {
    const next = iterator.next();
    ready.push(next);
    ended = await next.then(
      ({ done }) => done === true,
      () => true,
    );
  }
  return goOn(ready, iterator);
}

async function* goOn<Item>(
  ready: readonly Promise<IteratorResult<Item>>[],
  iterator: AsyncIterator<Item>,
): AsyncGenerator<Item> {
  try {
    for (const waiting of ready) {
      const next = await waiting;
      if (next.done === true) return;
      yield next.value;
    }
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
