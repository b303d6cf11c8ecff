// A TCP proxy that holds everything back for a while, in both directions, as a longer line would. A thread of its own, since
// it waits more exactly than a timer can: the last millisecond it looks at the clock all the time.
import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';

export interface DistanceTask {
  readonly to: NetConnectOpts;
  /** For each direction. */
  readonly delayMs: number;
}

/** Timers are this inexact. */
const TIMER_MS = 1.5;

parentPort!.once('message', ({ to, delayMs }: DistanceTask) => {
  const server = createServer((near) => {
    const far = connect(to);
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', () => undefined);
    pump(near, far, delayMs);
    pump(far, near, delayMs);
  });
  server.listen(0, '127.0.0.1', () => parentPort!.postMessage((server.address() as AddressInfo).port));
});

function pump(from: Socket, to: Socket, delayMs: number): void {
  const waiting: { readonly chunk: Buffer; readonly dueMs: number }[] = [];
  const release = (): void => {
    while (waiting.length > 0 && performance.now() >= waiting[0]!.dueMs) to.write(waiting.shift()!.chunk);
    const [first] = waiting;
    if (first === undefined) return;
    const restMs = first.dueMs - performance.now();
    if (restMs > TIMER_MS) setTimeout(release, restMs - TIMER_MS);
    else setImmediate(release);
  };
  from.on('data', (chunk: Buffer) => {
    waiting.push({ chunk, dueMs: performance.now() + delayMs });
    if (waiting.length === 1) release();
  });
  from.on('close', () => to.destroy());
}
