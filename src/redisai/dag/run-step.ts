// One step run on this thread: a model whose backend is synchronous, or a function of a script.
import { BackendError } from '../backends/model.ts';
import { ScriptError, type ScriptHost } from '../script/script.ts';
import { TensorError } from '../tensor/tensor-error.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { ModelStep, ScriptStep } from './plan.ts';
import { StepFailure, type Run } from './run.ts';

export function runModel(run: Run, index: number, step: ModelStep, inputs: readonly Tensor[]): void {
  const { runnable, statistics } = step.model;
  const startedAtMs = performance.now();
  try {
    const outputs = runnable.run(inputs) as Tensor[];
    statistics.succeeded(performance.now() - startedAtMs, samplesOf(outputs));
    run.succeed(index, step, outputs);
  } catch (thrown) {
    statistics.failed();
    run.fail(index, step, failureOf(thrown));
  }
}

export function runScript(
  run: Run,
  index: number,
  step: ScriptStep,
  inputs: readonly Tensor[],
  host: ScriptHost,
): void {
  const { script, functionName, keys, args } = step.call;
  const startedAtMs = performance.now();
  try {
    const outputs = script.compiled.run(functionName, inputs, keys, args, host);
    // Without OUTPUTS nobody asked for the tensors, and it does not matter how many they are.
    if (step.outputs.length > 0 && outputs.length !== step.outputs.length) {
      throw new ScriptError(`Function returned unexpected number of outputs - ${functionName}`);
    }
    script.statistics.succeeded(performance.now() - startedAtMs, 0);
    run.succeed(index, step, outputs);
  } catch (thrown) {
    script.statistics.failed();
    run.fail(index, step, failureOf(thrown));
  }
}

/** Rows of what came out. */
export function samplesOf(outputs: readonly Tensor[]): number {
  return outputs[0]?.shape[0] ?? 1;
}

/** What a backend or a script says is the user's affair; anything else that is thrown is a defect, and thrown on. */
export function failureOf(thrown: unknown): StepFailure {
  if (thrown instanceof BackendError || thrown instanceof ScriptError || thrown instanceof TensorError) {
    return new StepFailure(thrown.message);
  }
  throw thrown;
}
