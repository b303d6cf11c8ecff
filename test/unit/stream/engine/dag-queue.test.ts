// Promise: every DAG is sent once and has its own reply, and never are more in flight than the bound lets go.
import { describe, expect, it } from 'vitest';
import { DagQueue } from '../../../../src/stream/engine/dag-queue.ts';
import { InFlightBound } from '../../../../src/stream/engine/in-flight-bound.ts';

/** An engine that answers a piece when it is told to; a reply is its DAG. */
class ToldEngine {
  readonly pieces: (readonly number[])[] = [];
  readonly queue: DagQueue<number>;
  #answers: (() => void)[] = [];
  #answered = 0;

  constructor(inFlightMax: number) {
    const bound = new InFlightBound(inFlightMax, () => 0);
    this.queue = new DagQueue<number>(bound, (dags) => {
      this.pieces.push(dags);
      return new Promise((resolve) => this.#answers.push(() => resolve(dags)));
    });
  }

  get inFlight(): number {
    return this.pieces.slice(this.#answered).reduce((sum, { length }) => sum + length, 0);
  }

  async answerOne(): Promise<void> {
    this.#answers[this.#answered++]!();
    // The queue's own continuations.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }

  async answerAll(): Promise<void> {
    while (this.#answered < this.#answers.length) await this.answerOne();
  }
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('the queue of DAGs', () => {
  it.each([1, 3, 20, 1000])('answers all of two batches in their order, with a bound of %i', async (bound) => {
    const engine = new ToldEngine(bound);
    const batches = Promise.all([engine.queue.run(numbers(0, 130)), engine.queue.run(numbers(130, 150))]);
    await engine.answerAll();
    expect(await batches).toEqual([numbers(0, 130), numbers(130, 150)]);
    expect(engine.pieces.flat()).toEqual(numbers(0, 150));
  });

  it.each([1, 3, 20, 1000])('keeps to a bound of %i', async (bound) => {
    const engine = new ToldEngine(bound);
    const replies = engine.queue.run(numbers(0, 200));
    for (let turn = 0; engine.inFlight > 0; turn++) {
      expect(engine.inFlight).toBeLessThanOrEqual(bound);
      await engine.answerOne();
    }
    expect(await replies).toHaveLength(200);
  });

  it('resolves a batch when its last piece is there, though others wait', async () => {
    const engine = new ToldEngine(4);
    const first = engine.queue.run([1]);
    void engine.queue.run(numbers(2, 50));
    await engine.answerOne();
    expect(await first).toEqual([1]);
  });

  it('has nothing to ask for no DAGs', async () => {
    const engine = new ToldEngine(4);
    expect(await engine.queue.run([])).toEqual([]);
    expect(engine.pieces).toEqual([]);
  });
});
