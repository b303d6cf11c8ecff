import { describe, expect, it } from 'vitest';
import { BackendError } from '../../../../src/redisai/backends/model.ts';
import { DeviceQueue, TIMED_OUT, type DeviceResult, type Execute } from '../../../../src/redisai/dag/device-queue.ts';
import type { StoredModel } from '../../../../src/redisai/dag/stored-model.ts';
import { tensor } from '../../../../src/redisai/tensor/make-tensor.ts';
import type { Tensor } from '../../../../src/redisai/tensor/tensor.ts';
import { column, fakeModel, numbersIn, twice } from './stored-doubles.ts';

/** A queue that notes the rows of each run. */
function stage(): { queue: DeviceQueue; rows: number[] } {
  const rows: number[] = [];
  const execute: Execute = async (model, inputs) => {
    rows.push(inputs[0]!.shape[0]!);
    await new Promise((resolve) => setImmediate(resolve));
    return { outputs: model.runnable.run(inputs) as Tensor[], milliseconds: 1 };
  };
  return { queue: new DeviceQueue(execute), rows };
}

async function results(queue: DeviceQueue, model: StoredModel, inputs: readonly Tensor[]): Promise<number[][]> {
  const all = await Promise.all(inputs.map((input) => queue.run(model, [input], 0)));
  return all.map((result) => numbersIn((result as DeviceResult).outputs[0]));
}

describe('a device', () => {
  it('runs one model at a time, in order, without batching', async () => {
    const { queue, rows } = stage();
    expect(await results(queue, fakeModel(twice), [column(1), column(2), column(3)])).toEqual([[2], [4], [6]]);
    expect(rows).toEqual([1, 1, 1]);
  });

  it('stacks what waits for one model up to BATCHSIZE rows, and gives each run its own rows', async () => {
    const { queue, rows } = stage();
    const model = fakeModel(twice, { batching: { size: 4 } });
    const inputs = [column(1), column(2, 3), column(4), column(5), column(6)];
    expect(await results(queue, model, inputs)).toEqual([[2], [4, 6], [8], [10], [12]]);
    // The first is run at once: nothing else was waiting then.
    expect(rows).toEqual([1, 4, 1]);
  });

  it('stacks only what differs in nothing but rows', async () => {
    const { queue, rows } = stage();
    const model = fakeModel(([x]) => [x!], { batching: { size: 8 } });
    const wide = tensor('FLOAT', [1, 2], Float32Array.of(7, 8));
    expect(await results(queue, model, [column(1), column(2), wide, column(3)])).toEqual([[1], [2], [7, 8], [3]]);
    expect(rows).toEqual([1, 2, 1]);
  });

  it('runs the members of a batch alone when one of them fails it', async () => {
    const { queue } = stage();
    const picky = fakeModel(
      ([x]) => {
        if (numbersIn(x).includes(13)) throw new BackendError('not 13');
        return [x!];
      },
      { batching: { size: 8 } },
    );
    const runs = [column(1), column(2), column(13), column(3)].map((input) => queue.run(picky, [input], 0));
    const ends = await Promise.allSettled(runs);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('runs the members of a batch alone when the model does not keep rows apart', async () => {
    const { queue } = stage();
    const sum = fakeModel(([x]) => [column(numbersIn(x).reduce((a, b) => a + b, 0))], { batching: { size: 8 } });
    expect(await results(queue, sum, [column(1), column(2), column(3, 4)])).toEqual([[1], [2], [7]]);
  });

  it('waits for MINBATCHSIZE rows', async () => {
    const { queue, rows } = stage();
    const model = fakeModel(twice, { batching: { size: 4, sizeMin: 3 } });
    expect(await results(queue, model, [column(1), column(2), column(3)])).toEqual([[2], [4], [6]]);
    expect(rows).toEqual([3]);
  });

  it('does not let one of another shape hold up a batch that is full', async () => {
    const { queue, rows } = stage();
    const model = fakeModel(([x]) => [x!], { batching: { size: 4, sizeMin: 2 } });
    const wide = queue.run(model, [tensor('FLOAT', [1, 2], Float32Array.of(7, 8))], 50);
    expect(await results(queue, model, [column(1), column(2)])).toEqual([[1], [2]]);
    expect(rows).toEqual([2]);
    expect(await wide).toBe(TIMED_OUT);
  });

  it.each([
    { size: 0, sizeMin: 2 },
    { size: 1, sizeMin: 2 },
  ])('does not wait for more rows than a batch may hold: $size of $sizeMin', async (batching) => {
    const { queue } = stage();
    expect(await results(queue, fakeModel(twice, { batching }), [column(1)])).toEqual([[2]]);
  });

  it('runs a smaller batch after MINBATCHTIMEOUT', async () => {
    const { queue, rows } = stage();
    const model = fakeModel(twice, { batching: { size: 4, sizeMin: 3, timeoutMs: 5 } });
    expect(await results(queue, model, [column(1)])).toEqual([[2]]);
    expect(rows).toEqual([1]);
  });

  it('does not keep other models waiting for a batch that is not full', async () => {
    const { queue } = stage();
    const waiting = queue.run(fakeModel(twice, { batching: { size: 4, sizeMin: 2 } }), [column(1)], 50);
    expect(await results(queue, fakeModel(twice), [column(5)])).toEqual([[10]]);
    expect(await waiting).toBe(TIMED_OUT);
  });

  it('goes on after a failure', async () => {
    const { queue } = stage();
    const broken = fakeModel(() => {
      throw new BackendError('it broke');
    });
    await expect(queue.run(broken, [column(1)], 0)).rejects.toThrow('it broke');
    expect(await results(queue, fakeModel(twice), [column(1)])).toEqual([[2]]);
  });
});
