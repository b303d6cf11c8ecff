// Do two devices overlap? One DAG with a heavy model on each, against one with both on the first.
import { FraudstreamError, messageOf } from '../core/errors.ts';
import { median } from '../core/median.ts';
import type { EngineStage } from './engine-stage.ts';
import type { Word } from './frame-ring.ts';

/** Medians over the turns. */
export interface HeavyFigures {
  readonly oneDeviceMs: number;
  readonly twoDevicesMs: number;
  /** Of each turn by itself, and then the median: what else the machine did in another turn has no part in it. */
  readonly ratio: number;
}

/** Each DAG that many times, by turns, so that both see the same machine. */
const TURNS = 16;

export async function measureHeavy(stage: EngineStage, turns = TURNS): Promise<HeavyFigures> {
  const [one, two] = [stage.heavyDag([0, 0]), stage.heavyDag([0, 1])];
  // Once for nothing: it starts threads and sends them their models.
  await timeOf(stage, two);
  const times: { readonly one: number; readonly two: number }[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    times.push({ one: await timeOf(stage, one), two: await timeOf(stage, two) });
  }
  return {
    oneDeviceMs: median(times.map((turn) => turn.one)),
    twoDevicesMs: median(times.map((turn) => turn.two)),
    ratio: median(times.map((turn) => turn.one / turn.two)),
  };
}

async function timeOf(stage: EngineStage, dag: readonly Word[]): Promise<number> {
  const startedMs = performance.now();
  const replies = (await stage.redis.call('AI.DAGEXECUTE', ...dag)) as unknown[];
  const failed = replies.find((reply) => reply !== 'OK');
  if (failed !== undefined) throw heavyFailed(failed);
  return performance.now() - startedMs;
}

function heavyFailed(reply: unknown): FraudstreamError {
  return new FraudstreamError('BENCH_REPLY_ERROR', `a heavy model did not run: ${messageOf(reply)}`, {
    next: 'see the log of the engine',
  });
}
