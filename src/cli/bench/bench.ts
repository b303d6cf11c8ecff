// `fraudstream bench <what>`: measures this machine's engine, or the whole road of a transaction.
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { CommandContext } from '../command-context.ts';
import { runEngineBench } from './engine.ts';
import { runLatencyBench } from './latency.ts';
import { runLocalityBench } from './locality.ts';
import { runPipelineBench } from './pipeline.ts';
import { runScaleBench } from './scale.ts';

/** What can be measured. */
const BENCHES: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  engine: runEngineBench,
  pipeline: runPipelineBench,
  latency: runLatencyBench,
  locality: runLocalityBench,
  scale: runScaleBench,
};

export async function runBench(context: CommandContext): Promise<number> {
  const what = context.args[0] ?? '';
  const bench = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
  if (bench !== undefined) return bench(context);
  throw new FraudstreamError('BENCH_UNKNOWN', `there is no bench of '${what}'`, {
    next: `name one: ${Object.keys(BENCHES).join(', ')}`,
    exitCode: EXIT.usage,
  });
}
