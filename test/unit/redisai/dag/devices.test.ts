import { afterEach, describe, expect, it } from 'vitest';
import { Devices } from '../../../../src/redisai/dag/devices.ts';
import { loadStoredModel, type StoredModel } from '../../../../src/redisai/dag/stored-model.ts';
import { attribute, constant, FLOAT, graph, node, placeholder } from '../../../helpers/graph-writer.ts';
import { numbersIn } from './stored-doubles.ts';
import { tensor } from '../../../../src/redisai/tensor/make-tensor.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';

const WIDTH = 512;

/** A row times a square of ones: each element of the result is the sum of the row. */
function heavyModel(device = 'CPU'): StoredModel {
  const blob = graph(
    placeholder('x'),
    constant('ones', FLOAT, [WIDTH, WIDTH], 1),
    node('y', 'MatMul', ['x', 'ones'], { T: attribute.type(FLOAT) }),
  );
  const settings = { device, tag: '', batching: { size: 0, sizeMin: 0, timeoutMs: 0 } };
  return loadStoredModel({ backend: 'TF', blob, inputs: ['x'], outputs: ['y'] }, settings) as StoredModel;
}

function row(value: number, width = WIDTH): Tensor {
  return tensor('FLOAT', [1, width], new Float32Array(width).fill(value));
}

describe('the thread of a device', () => {
  let devices = new Devices();
  afterEach(async () => {
    await devices.close();
    devices = new Devices();
  });

  it('runs what is too heavy for the calling thread, which goes on meanwhile', async () => {
    const model = heavyModel();
    expect(model.isInline([row(1)])).toBe(false);
    const events: string[] = [];
    const run = devices.queue('CPU').run(model, [row(2)], 0);
    void run.then(() => events.push('the model is done'));
    await new Promise((resolve) => setImmediate(resolve));
    events.push('the thread goes on');
    const result = await run;
    expect(events).toEqual(['the thread goes on', 'the model is done']);
    expect(numbersIn((result as { outputs: Tensor[] }).outputs[0])).toEqual(new Array(WIDTH).fill(2 * WIDTH));
  });

  it('answers a failure in the words of the backend', async () => {
    await expect(devices.queue('CPU').run(heavyModel(), [row(1, 3)], 0)).rejects.toThrow(/Matrix size-incompatible/);
  });

  it('leaves its inputs to the caller', async () => {
    const shared = new Float32Array(2 * WIDTH).fill(3);
    const view = tensor('FLOAT', [1, WIDTH], shared.subarray(WIDTH));
    const model = heavyModel();
    for (let i = 0; i < 2; i += 1) await devices.queue('CPU').run(model, [view], 0);
    expect(shared[WIDTH]).toBe(3);
  });
});
