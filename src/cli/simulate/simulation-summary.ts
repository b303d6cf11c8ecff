// What many simulated events come to: how fast, and how the latencies lie, as figures and as a picture.
import { Latency } from '../../telemetry/latency.ts';
import { Tally } from '../../observe/tally.ts';
import type { SimulatedScore } from './scoring-client.ts';

const MILLISECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const BAR_CHARS = 40;

export class SimulationSummary {
  readonly #latency = new Latency();
  readonly #tally = new Tally(MILLISECONDS);

  add({ milliseconds }: SimulatedScore): void {
    this.#latency.recordMs(milliseconds);
    this.#tally.observe(milliseconds);
  }

  report(seconds: number): Record<string, number> {
    const at = (percent: number): number => Number((this.#latency.percentileMs(percent) ?? 0).toFixed(2));
    return {
      events: this.#latency.count,
      seconds: Number(seconds.toFixed(3)),
      ratePerSecond: Math.round(this.#latency.count / seconds),
      p50Ms: at(50),
      p90Ms: at(90),
      p99Ms: at(99),
      maxMs: at(100),
    };
  }

  lines(seconds: number): string[] {
    const { events, ratePerSecond, p50Ms, p90Ms, p99Ms, maxMs } = this.report(seconds);
    const title = `  ${events!.toLocaleString('en')} events, ${ratePerSecond!.toLocaleString('en')} per second`;
    return ['', title, ...this.#bars(), `  p50 ${p50Ms} ms, p90 ${p90Ms} ms, p99 ${p99Ms} ms, longest ${maxMs} ms`];
  }

  /** From the first bucket with something in it to the last. */
  #bars(): string[] {
    const counts = [...this.#tally.counts];
    const most = Math.max(...counts);
    const [first, last] = [counts.findIndex((count) => count > 0), counts.findLastIndex((count) => count > 0)];
    return counts.slice(first, last + 1).map((count, index) => {
      const bound = MILLISECONDS[first + index];
      const name = bound === undefined ? `> ${MILLISECONDS.at(-1)!} ms` : `≤ ${bound} ms`;
      const bar = '█'.repeat(count === 0 ? 0 : Math.max(1, Math.round((BAR_CHARS * count) / most)));
      return `  ${name.padStart(10)} ${String(count).padStart(7)} ${bar}`;
    });
  }
}
