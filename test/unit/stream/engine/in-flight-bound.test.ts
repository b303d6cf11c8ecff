// Promise: the bound on DAGs in flight brings as much as the best constant one would, to within 5 %, whatever the server
// likes and however it changes. Servers are models in simulated time, with the noise of a machine that others use too.
import { describe, expect, it } from 'vitest';
import { median } from '../../../../src/core/median.ts';
import { InFlightBound } from '../../../../src/stream/engine/in-flight-bound.ts';

/** DAGs a second by DAGs in flight, as measured; between two of them, a line over the logarithm. */
type Curve = readonly (readonly [inFlight: number, perSecond: number])[];

/** RedisAI 1.2, a DAG over two devices. */
const REDISAI: Curve = [[1, 550], [8, 430], [32, 415], [128, 395], [512, 380]]; // prettier-ignore
/** The same with two threads for each queue: best somewhere in between. */
const REDISAI_TWO_THREADS: Curve = [[1, 405], [8, 520], [32, 682], [128, 628], [512, 560]]; // prettier-ignore
/** The embedded engine. */
const EMBEDDED: Curve = [[1, 5920], [16, 31438], [128, 60500], [512, 62000]]; // prettier-ignore
const SLOW_MODEL: Curve = [[1, 20], [2, 36], [4, 38], [512, 38]]; // prettier-ignore

const MAX = 1024;
const CONSTANTS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, MAX];

function rateOf(curve: Curve, inFlight: number): number {
  const right = curve.findIndex(([n]) => n >= inFlight);
  if (right <= 0) return curve.at(right)![1];
  const [[n, low], [m, high]] = [curve[right - 1]!, curve[right]!];
  return low + ((high - low) * Math.log(inFlight / n)) / Math.log(m / n);
}

/** What the stream does with a bound: pieces out, in their order back; batches with a pause between them, or no end of DAGs. */
class Run {
  nowMs = 0;
  readonly bound: { readonly current: number; waiting(): void; finished(dags: number, inFlight: number): void };
  readonly #pieces: number[] = [];
  #inFlight = 0;
  #queued = 0;
  #level = 1;
  #levelUntilMs = 0;
  #seed: number;

  constructor(constant?: number, seed = 1) {
    this.#seed = seed;
    const none = { waiting: () => {}, finished: () => {} };
    this.bound = constant === undefined ? new InFlightBound(MAX, () => this.nowMs) : { current: constant, ...none };
  }

  /** @returns DAGs a second */
  during(milliseconds: number, curve: Curve, batch = Infinity, pauseMs = 0): number {
    const [start, end] = [this.nowMs, this.nowMs + milliseconds];
    let finished = 0;
    while (this.nowMs < end) {
      if (this.#inFlight === 0 && this.#queued === 0) {
        if (finished > 0) this.nowMs += pauseMs;
        this.#queued = batch;
      }
      this.#send();
      finished += this.#finishOne(curve);
    }
    return (1000 * finished) / (this.nowMs - start);
  }

  #send(): void {
    const { current } = this.bound;
    while (this.#queued > 0) {
      const piece = Math.min(64, Math.ceil(current / 4), this.#queued);
      if (this.#inFlight + piece > current) {
        this.bound.waiting();
        return;
      }
      this.#queued -= piece;
      this.#inFlight += piece;
      this.#pieces.push(piece);
    }
  }

  #finishOne(curve: Curve): number {
    const piece = this.#pieces.shift()!;
    this.nowMs += this.#takes((1000 * piece) / rateOf(curve, this.#inFlight));
    this.#inFlight -= piece;
    this.bound.finished(piece, this.#inFlight);
    return piece;
  }

  /** For tenths of a second neighbours take a part of the machine; now and then something stops for 20 ms. */
  #takes(milliseconds: number): number {
    if (this.nowMs >= this.#levelUntilMs) {
      this.#levelUntilMs = this.nowMs + 100 + 400 * this.#random();
      this.#level = 0.8 + 0.4 * this.#random();
    }
    const stall = this.#random() < milliseconds / 1_000 ? 20 : 0;
    return milliseconds / this.#level + stall;
  }

  #random(): number {
    this.#seed = (this.#seed * 48271) % 2147483647;
    return this.#seed / 2147483647;
  }
}

const bestConstant = (milliseconds: number, curve: Curve, batch?: number, pauseMs?: number): number =>
  Math.max(...CONSTANTS.map((constant) => new Run(constant).during(milliseconds, curve, batch, pauseMs)));

/** Of the best constant's rate, what a run has after `settle`; of five chances the middle one. */
function shareOfBest(settle: (run: Run) => void, milliseconds: number, curve: Curve, batch?: number, pauseMs?: number) {
  const rates = [1, 2, 3, 4, 5].map((chance) => {
    const run = new Run(undefined, 7919 * chance);
    settle(run);
    return run.during(milliseconds, curve, batch, pauseMs);
  });
  return median(rates) / bestConstant(milliseconds, curve, batch, pauseMs);
}

describe('the bound on DAGs in flight', () => {
  const servers = [
    { server: 'a RedisAI that is best with one', curve: REDISAI, milliseconds: 120_000 },
    { server: 'a RedisAI that is best with some', curve: REDISAI_TWO_THREADS, milliseconds: 120_000 },
    { server: 'the embedded engine', curve: EMBEDDED, milliseconds: 20_000 },
    { server: 'a server of slow models', curve: SLOW_MODEL, milliseconds: 600_000 },
  ];

  it.each(servers)('settles within 5 % of the best: $server', ({ curve, milliseconds }) => {
    expect(shareOfBest((run) => run.during(milliseconds, curve), milliseconds, curve)).toBeGreaterThan(0.95);
  });

  it('is there within a second before the embedded engine, as at a start under load', () => {
    expect(shareOfBest((run) => run.during(1_000, EMBEDDED), 5_000, EMBEDDED)).toBeGreaterThan(0.95);
  });

  it('follows a server that is replaced by one of the other kind, and back', () => {
    const toRedisAi = (run: Run): void => {
      run.during(10_000, EMBEDDED);
      run.during(60_000, REDISAI);
    };
    const andBack = (run: Run): void => {
      toRedisAi(run);
      run.during(5_000, EMBEDDED);
    };
    expect(shareOfBest(toRedisAi, 60_000, REDISAI)).toBeGreaterThan(0.95);
    expect(shareOfBest(andBack, 10_000, EMBEDDED)).toBeGreaterThan(0.95);
  });

  it.each([
    { curve: EMBEDDED, batch: 500, pauseMs: 20 },
    { curve: EMBEDDED, batch: 2000, pauseMs: 50 },
    { curve: REDISAI, batch: 500, pauseMs: 20 },
  ])('learns from batches of $batch with pauses between them as well', ({ curve, batch, pauseMs }) => {
    const settle = (run: Run): unknown => run.during(60_000, curve, batch, pauseMs);
    expect(shareOfBest(settle, 20_000, curve, batch, pauseMs)).toBeGreaterThan(0.95);
  });

  it('keeps few in flight where more bring nothing', () => {
    const bounds = [1, 2, 3, 4, 5].map((chance) => {
      const run = new Run(undefined, chance);
      run.during(600_000, SLOW_MODEL);
      return run.bound.current;
    });
    expect(median(bounds)).toBeLessThanOrEqual(16);
  });

  it('never passes the bound that was set, nor falls to none', () => {
    for (const max of [1, 3, 100]) {
      let nowMs = 0;
      const bound = new InFlightBound(max, () => nowMs);
      for (let turn = 0; turn < 5_000; turn++) {
        bound.waiting();
        nowMs += 1 + (turn % 7);
        bound.finished(1 + (turn % 40), turn % max);
        expect(bound.current).toBeGreaterThanOrEqual(1);
        expect(bound.current).toBeLessThanOrEqual(max);
      }
    }
  });

  it('stays where it is while nothing waits for it', () => {
    const bound = new InFlightBound(MAX, () => 1_000_000 * Math.random());
    const { current } = bound;
    for (let turn = 0; turn < 1_000; turn++) bound.finished(32, 0);
    expect(bound.current).toBe(current);
  });
});
