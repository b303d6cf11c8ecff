// Promise: a command that has begun is finished and takes effect, even where the client that sent it has gone meanwhile.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HEAVY_INPUT, HEAVY_OUTPUT, HEAVY_SHAPE, heavyGraph } from '../../../../src/bench/heavy-graph.ts';
import { startEngine, type RunningEngine } from '../../../../src/redisai/index.ts';
import { Resp2Client } from '../../../helpers/resp2-client.ts';

const [ROWS, COLUMNS] = HEAVY_SHAPE.map(String) as [string, string];
const NAMES = ['INPUTS', '1', HEAVY_INPUT, 'OUTPUTS', '1', HEAVY_OUTPUT];
const RUN = ['AI.MODELEXECUTE', 'heavy', ...NAMES];
const THERE = { t: 'int', v: 1 };

let engine: RunningEngine;
let goes: Resp2Client;
let stays: Resp2Client;

beforeEach(async () => {
  engine = await startEngine();
  const port = Number(new URL(engine.url).port);
  [goes, stays] = [await Resp2Client.open(port), await Resp2Client.open(port)];
  await stays.send('AI.MODELSTORE', 'heavy', 'TF', 'CPU:1', ...NAMES, 'BLOB', heavyGraph());
  await stays.send('AI.TENSORSET', HEAVY_INPUT, 'FLOAT', ROWS, COLUMNS);
});

afterEach(async () => {
  goes.close();
  stays.close();
  await engine.stop();
});

describe('a client that goes while its command runs on a device', () => {
  it.each([
    ['a model', [...RUN]],
    ['a DAG', ['AI.DAGEXECUTE', 'LOAD', '1', HEAVY_INPUT, 'PERSIST', '1', HEAVY_OUTPUT, '|>', ...RUN]],
  ])('leaves the result of %s, and nothing of what it sent after it', async (_, command) => {
    goes.send(...command).catch(() => undefined);
    goes.send('SET', 'after', '1').catch(() => undefined);
    // Until then the engine has read what the other one sent.
    await stays.send('PING');
    expect(await stays.send('CLIENT', 'KILL', 'SKIPME', 'yes')).toEqual({ t: 'int', v: 1 });
    await expect.poll(() => stays.send('EXISTS', HEAVY_OUTPUT), { timeout: 20_000 }).toEqual(THERE);
    expect(await stays.send('EXISTS', 'after')).toEqual({ t: 'int', v: 0 });
  });
});
