import { describe, expect, it } from 'vitest';
import { BackendError } from '../../../../src/redisai/backends/model.ts';
import { DeviceQueue, type Execute } from '../../../../src/redisai/dag/device-queue.ts';
import { Plan } from '../../../../src/redisai/dag/plan.ts';
import { runPlan } from '../../../../src/redisai/dag/run-plan.ts';
import { StepFailure, type Run } from '../../../../src/redisai/dag/run.ts';
import { column, fakeModel, fakeScript, NO_HOST, numbersIn, twice } from './stored-doubles.ts';

const NO_DEVICES = {
  queue: () => {
    throw new Error('nothing of this test is to be queued');
  },
};

const broken = (): never => {
  throw new BackendError('it broke\nin two lines');
};

/** What became of each step, in words. */
function outcomes(run: Run): string[] {
  return run.outcomes.map((outcome) => {
    if (typeof outcome === 'string') return outcome;
    return outcome instanceof StepFailure ? `failed: ${outcome.message}` : `tensor ${numbersIn(outcome).join(' ')}`;
  });
}

function call(script = fakeScript(twice)) {
  return { script, functionName: 'f', keys: [], args: [] };
}

describe('a plan of cheap steps', () => {
  it('is run at once, without a promise', () => {
    const plan = new Plan();
    plan.tensorSet('x', column(1, 2));
    plan.model(fakeModel(twice), ['x'], ['y']);
    plan.script(call(), ['y'], ['z']);
    plan.tensorGet('z');
    expect(outcomes(runPlan(plan, NO_HOST, NO_DEVICES) as Run)).toEqual(['ok', 'ok', 'ok', 'tensor 4 8']);
  });

  it('reads the value a name had at that point, however often it is written', () => {
    const plan = new Plan();
    plan.tensorSet('x', column(1));
    plan.tensorGet('x');
    plan.tensorSet('x', column(2));
    plan.tensorGet('x');
    expect(outcomes(runPlan(plan, NO_HOST, NO_DEVICES) as Run)).toEqual(['ok', 'tensor 1', 'ok', 'tensor 2']);
  });

  it('is incomplete when a name is read that nobody has written before', () => {
    const plan = new Plan();
    plan.tensorGet('x');
    plan.tensorSet('x', column(1));
    expect(plan.isIncomplete).toBe(true);
  });

  it('goes on after a failure with what does not depend on it, but for models and scripts of that device', () => {
    const plan = new Plan();
    plan.tensorSet('x', column(1));
    plan.model(fakeModel(broken), ['x'], ['y']);
    plan.script(call(), ['x'], ['z']);
    plan.model(fakeModel(twice, { device: 'CPU:1' }), ['x'], ['w']);
    plan.tensorGet('y');
    plan.tensorGet('w');
    const run = runPlan(plan, NO_HOST, NO_DEVICES) as Run;
    expect(outcomes(run)).toEqual(['ok', 'failed: it broke in two lines', 'not-run', 'ok', 'not-run', 'tensor 2']);
    expect(run.hasFailed).toBe(true);
  });

  it('fails a script that returns another number of tensors than was asked for', () => {
    const plan = new Plan();
    plan.tensorSet('x', column(1));
    plan.script(call(), ['x'], ['y', 'z']);
    expect(outcomes(runPlan(plan, NO_HOST, NO_DEVICES) as Run)[1]).toBe(
      'failed: Function returned unexpected number of outputs - f',
    );
  });

  it('does not take a defect for an answer', () => {
    const plan = new Plan();
    plan.tensorSet('x', column(1));
    plan.model(
      fakeModel(() => {
        throw new TypeError('a defect');
      }),
      ['x'],
      ['y'],
    );
    expect(() => runPlan(plan, NO_HOST, NO_DEVICES)).toThrow('a defect');
  });

  it('counts calls, errors and rows', () => {
    const [good, bad] = [fakeModel(twice), fakeModel(broken, { device: 'CPU:1' })];
    const plan = new Plan();
    plan.tensorSet('x', column(1, 2, 3));
    plan.model(good, ['x'], ['y']);
    plan.model(bad, ['x'], ['z']);
    void runPlan(plan, NO_HOST, NO_DEVICES);
    expect(good.statistics).toMatchObject({ calls: 1, errors: 0, samples: 3 });
    expect(bad.statistics).toMatchObject({ calls: 1, errors: 1, samples: 0 });
  });
});

/** Devices whose runs end when the test says so. */
class HeldDevices {
  readonly started: string[] = [];
  readonly #queues = new Map<string, DeviceQueue>();
  #release: (() => void)[] = [];

  queue(name: string): DeviceQueue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new DeviceQueue(this.#execute);
      this.#queues.set(name, queue);
    }
    return queue;
  }

  async releaseAll(): Promise<void> {
    await settled();
    for (const release of this.#release.splice(0)) release();
    await settled();
  }

  readonly #execute: Execute = (model, inputs) => {
    this.started.push(model.settings.tag === '' ? model.queue : model.settings.tag);
    return new Promise((resolve) => {
      this.#release.push(() => resolve({ outputs: model.runnable.run(inputs) as never, milliseconds: 1 }));
    });
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a plan with heavy models', () => {
  it('runs two models on two devices at the same time', async () => {
    const devices = new HeldDevices();
    const plan = new Plan();
    plan.tensorSet('x', column(1));
    plan.model(fakeModel(twice, { heavy: true }), ['x'], ['a']);
    plan.model(fakeModel(twice, { heavy: true, device: 'CPU:1' }), ['x'], ['b']);
    plan.script(call(), ['b'], ['c']);
    plan.tensorGet('c');
    const running = runPlan(plan, NO_HOST, devices);
    await settled();
    expect(devices.started).toEqual(['CPU', 'CPU:1']);
    await devices.releaseAll();
    expect(outcomes(await running)).toEqual(['ok', 'ok', 'ok', 'ok', 'tensor 4']);
  });

  it('runs two models on one device one after the other', async () => {
    const devices = new HeldDevices();
    const plan = new Plan();
    plan.tensorSet('x', column(1));
    plan.model(fakeModel(twice, { heavy: true }), ['x'], ['a']);
    plan.model(fakeModel(twice, { heavy: true, device: 'cpu' }), ['x'], ['b']);
    const running = runPlan(plan, NO_HOST, devices);
    await settled();
    expect(devices.started).toEqual(['CPU']);
    await devices.releaseAll();
    expect(devices.started).toEqual(['CPU', 'CPU']);
    await devices.releaseAll();
    expect(outcomes(await running)).toEqual(['ok', 'ok', 'ok']);
  });

  it('is given up when a step waits longer than the timeout for its device', async () => {
    const devices = new HeldDevices();
    const busy = devices.queue('CPU').run(fakeModel(twice, { heavy: true }), [column(1)], 0);
    const plan = new Plan();
    plan.timeoutMs = 1;
    plan.tensorSet('x', column(1));
    plan.model(fakeModel(twice, { heavy: true }), ['x'], ['y']);
    const run = await runPlan(plan, NO_HOST, devices);
    expect(run.hasTimedOut).toBe(true);
    expect(devices.started).toEqual(['CPU']);
    await devices.releaseAll();
    await busy;
  });
});
