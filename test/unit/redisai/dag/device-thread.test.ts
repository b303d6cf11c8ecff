// Promise: a run that does not end is given up, and the device goes on with a new thread.
import { afterEach, describe, expect, it } from 'vitest';
import { BackendError } from '../../../../src/redisai/backends/model.ts';
import { DeviceThread } from '../../../../src/redisai/dag/device-thread.ts';
import { loadStoredModel, type StoredModel } from '../../../../src/redisai/dag/stored-model.ts';
import { tensor } from '../../../../src/redisai/tensor/make-tensor.ts';
import { attribute, FLOAT, graph, node, placeholder } from '../../../helpers/graph-writer.ts';

const ROW = tensor('FLOAT', [1, 2], Float32Array.of(1, -1));
/** Less than it takes to start a thread. */
const NO_TIME_SECONDS = 1e-6;

async function reluModel(): Promise<StoredModel> {
  const blob = graph(placeholder('x'), node('y', 'Relu', ['x'], { T: attribute.type(FLOAT) }));
  const settings = { device: 'CPU', tag: '', batching: { size: 0, sizeMin: 0, timeoutMs: 0 } };
  return loadStoredModel({ backend: 'TF', blob, inputs: ['x'], outputs: ['y'] }, settings);
}

describe('the thread of a device', () => {
  let thread = new DeviceThread();
  afterEach(() => thread.close());

  it('gives up every run that takes longer than it may', async () => {
    thread = new DeviceThread(NO_TIME_SECONDS);
    const model = await reluModel();
    for (let i = 0; i < 2; i += 1) {
      const run = thread.run(model, [ROW]);
      await expect(run).rejects.toThrow(BackendError);
      await expect(run).rejects.toThrow(/a run took more than/);
    }
  });

  it('runs a model within its time', async () => {
    thread = new DeviceThread();
    const { outputs } = await thread.run(await reluModel(), [ROW]);
    expect(outputs.map(({ data }) => [...(data as Float32Array)])).toEqual([[1, 0]]);
  });
});
