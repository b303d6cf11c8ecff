// The rest of a run once a device must be waited for: each step starts when what it needs is there, so that steps which
// do not depend on one another overlap on different devices. Steps on one device keep the order of the DAG.
import type { ScriptHost } from '../script/script.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { TIMED_OUT, type QueueByName } from './device-queue.ts';
import type { ModelStep, Step } from './plan.ts';
import { failureOf, runModel, runScript, samplesOf } from './run-step.ts';
import { queueOf, type Run } from './run.ts';

/** Settles the steps from `from` on. */
export async function runQueued(run: Run, from: number, host: ScriptHost, devices: QueueByName): Promise<Run> {
  const { steps } = run.plan;
  const writerOf = new Map<number, number>();
  const lastOn = new Map<string, number>();
  const settled = new Map<number, Promise<void>>();
  for (let index = from; index < steps.length; index += 1) {
    const step = steps[index]!;
    const before = readsOf(step).map((slot) => writerOf.get(slot));
    if (step.kind === 'model' || step.kind === 'script') {
      before.push(lastOn.get(queueOf(step)));
      lastOn.set(queueOf(step), index);
    }
    for (const slot of writesOf(step)) writerOf.set(slot, index);
    const needed = before.map((earlier) => settled.get(earlier ?? -1) ?? Promise.resolve());
    settled.set(
      index,
      Promise.all(needed).then(() => settle(run, index, step, host, devices)),
    );
  }
  await Promise.all(settled.values());
  return run;
}

function readsOf(step: Step): readonly number[] {
  if (step.kind === 'tensor-set') return [];
  return step.kind === 'tensor-get' ? [step.input] : step.inputs;
}

function writesOf(step: Step): readonly number[] {
  if (step.kind === 'tensor-get') return [];
  return step.kind === 'tensor-set' ? [step.output] : step.outputs;
}

async function settle(run: Run, index: number, step: Step, host: ScriptHost, devices: QueueByName): Promise<void> {
  if (run.settleAtOnce(index, step)) return;
  const inputs = run.hasTimedOut ? undefined : run.inputsOf(step);
  if (inputs === undefined) run.skip(index);
  else if (step.kind === 'script') runScript(run, index, step, inputs, host);
  else if (step.model.isInline(inputs)) runModel(run, index, step, inputs);
  else await runOnDevice(run, index, step, inputs, devices);
}

async function runOnDevice(
  run: Run,
  index: number,
  step: ModelStep,
  inputs: readonly Tensor[],
  devices: QueueByName,
): Promise<void> {
  const { model } = step;
  try {
    const result = await devices.queue(model.queue).run(model, inputs, run.remainingMs());
    if (result === TIMED_OUT) {
      run.hasTimedOut = true;
      run.skip(index);
      return;
    }
    model.statistics.succeeded(result.milliseconds, samplesOf(result.outputs));
    run.succeed(index, step, result.outputs);
  } catch (thrown) {
    model.statistics.failed();
    run.fail(index, step, failureOf(thrown));
  }
}
