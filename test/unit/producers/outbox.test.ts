// One batch in flight, whatever gathers meanwhile is the next one.
import { describe, expect, it } from 'vitest';
import { Outbox } from '../../../producers/outbox.ts';

const item = (bytes = 1): { value: Buffer } => ({ value: Buffer.alloc(bytes) });

/** An outbox whose sends end when the test says so. */
function stage(limits = { batchRecordsMax: 100, batchBytesMax: 1000 }) {
  const sent: number[] = [];
  const endings: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const outbox = new Outbox<{ value: Buffer }>((batch) => {
    sent.push(batch.length);
    return new Promise((resolve, reject) => endings.push({ resolve, reject }));
  }, limits);
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
  return { outbox, sent, endings, turn };
}

describe('outbox', () => {
  it('sends rows that come together as one batch, and what gathers meanwhile as the next', async () => {
    const { outbox, sent, endings, turn } = stage();
    for (let n = 0; n < 5; n++) await outbox.add(item());
    await turn();
    for (let n = 0; n < 3; n++) await outbox.add(item());
    await turn();
    expect(sent).toEqual([5]);
    endings[0]!.resolve();
    await turn();
    expect(sent).toEqual([5, 3]);
    endings[1]!.resolve();
    await outbox.drain();
  });

  it.each([
    ['records', { batchRecordsMax: 2, batchBytesMax: 1000 }, 1],
    ['bytes', { batchRecordsMax: 100, batchBytesMax: 20 }, 10],
  ])('holds the reader back when as many %s wait as a batch may hold', async (_what, limits, bytes) => {
    const { outbox, endings, turn } = stage(limits);
    let added = 0;
    const add = (): void => void outbox.add(item(bytes)).then(() => (added += 1));
    add();
    await turn();
    add();
    add();
    await turn();
    expect(added).toBe(2);
    endings[0]!.resolve();
    await turn();
    expect(added).toBe(3);
  });

  it('tells the next one who adds, and whoever drains, why a send failed', async () => {
    const { outbox, endings, turn } = stage();
    await outbox.add(item());
    await turn();
    endings[0]!.reject(new Error('broker gone'));
    await turn();
    await expect(outbox.add(item())).rejects.toThrow('broker gone');
    await expect(outbox.drain()).rejects.toThrow('broker gone');
  });

  it('drains at once when nothing was added', async () => {
    await expect(stage().outbox.drain()).resolves.toBeUndefined();
  });
});
