// The engine under attack, in a process of its own; tells its parent where it listens and how it fares.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { messageOf } from '../../src/core/errors.ts';
import { startEngine } from '../../src/redisai/index.ts';

export type Told =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'defect'; readonly words: string }
  | { readonly kind: 'figures'; readonly rssBytes: number; readonly loopDelayMs: number };

const MEMORY_BYTES_MAX = 256 * 1024 * 1024;
const TELL_EVERY_MS = 250;

const tell = (told: Told): void => void process.send?.(told);

const delay = monitorEventLoopDelay({ resolution: 10 });
const engine = await startEngine({
  maxMemoryBytes: MEMORY_BYTES_MAX,
  log: (event) => {
    if (event.kind !== 'defect') return;
    tell({ kind: 'defect', words: event.error instanceof Error ? (event.error.stack ?? '') : messageOf(event.error) });
  },
});
tell({ kind: 'listening', url: engine.url });
delay.enable();
setInterval(() => {
  tell({ kind: 'figures', rssBytes: process.memoryUsage.rss(), loopDelayMs: delay.max / 1e6 });
  delay.reset();
}, TELL_EVERY_MS);
process.on('disconnect', () => process.exit());
