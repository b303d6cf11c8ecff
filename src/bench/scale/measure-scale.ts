// One load of the bench of scale, once: the consumers join their group first, then all transactions show at once.
import { setTimeout as delay } from 'node:timers/promises';
import { figuresBetween, refuseSilence, whenCommitted, type PipelineFigures } from '../pipeline/commit-clock.ts';
import type { StreamNames } from '../stream-names.ts';
import { WorkerProcess } from '../worker-process.ts';
import type { ScaleLoad } from './scale-load.ts';
import type { ScaleStage } from './scale-stage.ts';

const LOOK_EVERY_MS = 100;

export async function measureScale(
  stage: ScaleStage,
  { consumers, engines }: ScaleLoad,
  signal: AbortSignal,
): Promise<PipelineFigures> {
  const names = await stage.freshTopics();
  const workers = Array.from(
    { length: consumers },
    (_, index) => new WorkerProcess(`consumer ${index + 1} of ${consumers}`, engines.startConsumer(names)),
  );
  const offsets = stage.offsets(names);
  try {
    const { brokerPid, rows } = stage.parts;
    const watched = { workers, engines: engines.connections, brokerPid, offsets };
    // From the first on: with many partitions much is scored, and not yet committed, at any later moment.
    const first = await stage.fill(names, async () => {
      await untilSettled(stage, names, workers, signal);
      return whenCommitted(watched, 0, signal);
    });
    return figuresBetween(first, await whenCommitted(watched, rows, signal));
  } finally {
    await Promise.all([...workers.map((worker) => worker.stop()), offsets.close()]);
    await stage.removeTopics();
  }
}

async function untilSettled(
  stage: ScaleStage,
  names: StreamNames,
  workers: readonly WorkerProcess[],
  signal: AbortSignal,
): Promise<void> {
  const sinceMs = performance.now();
  while (!(await stage.hasSettled(names, workers.length))) {
    refuseSilence(workers, performance.now() - sinceMs, signal);
    await delay(LOOK_EVERY_MS);
  }
}
