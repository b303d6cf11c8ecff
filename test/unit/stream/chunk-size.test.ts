// Promise: a chunk is as large as it may be before a quick engine, and is scored in about a second before a slow one.
import { describe, expect, it } from 'vitest';
import { ChunkSize } from '../../../src/stream/chunk-size.ts';

const MAX = 2000;
/** Scores chunks at `perSecond` until the size has settled. @returns the milliseconds that each took */
function chunksAt(perSecond: number, size: ChunkSize, chunks = 20): number[] {
  return Array.from({ length: chunks }, () => {
    const { records } = size;
    const milliseconds = 5 + (records / perSecond) * 1000;
    size.scored(records, milliseconds);
    return milliseconds;
  });
}

describe('the size of a chunk', () => {
  it('grows to the most within three chunks where the engine is quick', () => {
    const size = new ChunkSize(MAX);
    chunksAt(30_000, size, 3);
    expect(size.records).toBe(MAX);
  });

  it.each([430, 50, 2])('comes to a second of scoring at %i records a second', (perSecond) => {
    const took = chunksAt(perSecond, new ChunkSize(MAX));
    expect(took.at(-1)).toBeGreaterThan(500);
    expect(took.at(-1)).toBeLessThan(1100);
  });

  it('is never less than one record', () => {
    const size = new ChunkSize(MAX);
    chunksAt(0.1, size);
    expect(size.records).toBe(1);
  });

  it('falls with the engine in one chunk, and comes back in a few after an engine that was away', () => {
    const size = new ChunkSize(MAX);
    chunksAt(30_000, size);
    const took = chunksAt(400, size);
    expect(took[0]).toBeGreaterThan(4000);
    expect(Math.max(...took.slice(1))).toBeLessThan(1100);
    size.scored(size.records, 600_000);
    expect(size.records).toBe(1);
    chunksAt(30_000, size, 7);
    expect(size.records).toBe(MAX);
  });

  it('stays where few records come, and never passes the bound', () => {
    const size = new ChunkSize(50);
    expect(size.records).toBe(50);
    size.scored(3, 40);
    expect(size.records).toBe(50);
    size.scored(50, 1);
    expect(size.records).toBe(50);
  });
});
