// One load of the pipeline, once: a worker is started on a full topic, and watched until it has worked it off.
import { BENCH_TAG } from '../engine-stage.ts';
import { removeHistory } from '../remove-history.ts';
import { WorkerProcess } from '../worker-process.ts';
import { figuresBetween, whenCommitted, type PipelineFigures } from './commit-clock.ts';
import type { PipelineLoad } from './pipeline-load.ts';
import type { PipelineStage } from './pipeline-stage.ts';

/** Of the transactions, those that warm the worker up. */
const WARM_UP_SHARE = 0.3;

export async function measurePipeline(
  stage: PipelineStage,
  load: PipelineLoad,
  signal: AbortSignal,
): Promise<PipelineFigures> {
  const names = stage.names(load.partitions);
  const { redis, brokerPid, startWorker } = stage.parts;
  const worker = new WorkerProcess('worker', startWorker(load, names));
  const offsets = stage.offsets(names);
  try {
    const watched = { workers: [worker], engines: [redis], brokerPid, offsets };
    const records = Math.floor(stage.rows * load.share);
    const first = await whenCommitted(watched, records * WARM_UP_SHARE, signal);
    return figuresBetween(first, await whenCommitted(watched, records, signal));
  } finally {
    await Promise.all([worker.stop(), offsets.close()]);
    if (load.liveHistory) await removeHistory(redis, BENCH_TAG, names.transactions, load.partitions);
  }
}
