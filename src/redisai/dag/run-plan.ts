// Runs a plan: step after step on this thread as long as that is cheap, the rest by way of the devices' queues.
import type { ScriptHost } from '../script/script.ts';
import type { QueueByName } from './device-queue.ts';
import type { ReadyPlan } from './plan.ts';
import { runQueued } from './run-queued.ts';
import { runModel, runScript } from './run-step.ts';
import { Run } from './run.ts';

/** A promise only where a device has to be waited for. */
export function runPlan(plan: ReadyPlan, host: ScriptHost, devices: QueueByName): Run | Promise<Run> {
  const run = new Run(plan);
  const { steps } = plan;
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index]!;
    if (run.settleAtOnce(index, step)) continue;
    const inputs = run.inputsOf(step);
    if (inputs === undefined) run.skip(index);
    else if (step.kind === 'script') runScript(run, index, step, inputs, host);
    else if (step.model.isInline(inputs)) runModel(run, index, step, inputs);
    else return runQueued(run, index, host, devices);
  }
  return run;
}
