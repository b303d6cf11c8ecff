import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../../../../src/redisai/index.ts';
import { attribute, constant, FLOAT, graph, node, placeholder } from '../../../helpers/graph-writer.ts';
import { Resp2Client, type TypedReply } from '../../../helpers/resp2-client.ts';

const WIDTH = 512;
const ROW = Buffer.from(new Float32Array(WIDTH).fill(1).buffer);

/** A row times a square of ones, again and again: too much for the thread that serves connections. */
function heavyModel(): Uint8Array {
  const multiply = Array.from({ length: 8 }, (_, i) =>
    node(`y${i}`, 'MatMul', [i === 0 ? 'x' : `y${i - 1}`, 'ones'], { T: attribute.type(FLOAT) }),
  );
  return graph(placeholder('x'), constant('ones', FLOAT, [WIDTH, WIDTH], 1 / WIDTH), ...multiply);
}

const OK: TypedReply = { t: 'status', v: 'OK' };

describe('AI.DAGEXECUTE', () => {
  let engine: RunningEngine;
  let client: Resp2Client;

  beforeAll(async () => {
    engine = await startEngine({});
    client = await Resp2Client.open(Number(new URL(engine.url).port));
    for (const device of ['CPU', 'CPU:1']) {
      const names = ['INPUTS', '1', 'x', 'OUTPUTS', '1', 'y7'];
      expect(
        await client.send('AI.MODELSTORE', `heavy_${device}`, 'TF', device, ...names, 'BLOB', heavyModel()),
      ).toEqual(OK);
    }
    await client.send('AI.TENSORSET', 'row', 'FLOAT', '1', String(WIDTH), 'BLOB', ROW);
  });

  afterAll(async () => {
    client.close();
    await engine.stop();
  });

  const heavyDag = (): Promise<TypedReply> =>
    client.send(
      ...['AI.DAGEXECUTE', 'LOAD', '1', 'row', 'PERSIST', '1', 'b'],
      ...['|>', 'AI.MODELEXECUTE', 'heavy_CPU', 'INPUTS', '1', 'row', 'OUTPUTS', '1', 'a'],
      ...['|>', 'AI.MODELEXECUTE', 'heavy_CPU:1', 'INPUTS', '1', 'row', 'OUTPUTS', '1', 'b'],
    );

  it('keeps the order of replies when a model has to be waited for', async () => {
    const replies = await Promise.all([heavyDag(), client.send('PING'), client.send('EXISTS', 'b')]);
    expect(replies).toEqual([
      { t: 'array', v: [OK, OK] },
      { t: 'status', v: 'PONG' },
      { t: 'int', v: 1 },
    ]);
  });

  it('serves other connections while a heavy model runs', async () => {
    const other = await Resp2Client.open(Number(new URL(engine.url).port));
    const events: string[] = [];
    const dag = heavyDag().then(() => events.push('the DAG is done'));
    await other.send('PING').then(() => events.push('PONG'));
    await dag;
    other.close();
    expect(events).toEqual(['PONG', 'the DAG is done']);
  });

  it('ends a DAG with the models it began with, whatever happens to their keys', async () => {
    const other = await Resp2Client.open(Number(new URL(engine.url).port));
    await client.send(
      'AI.MODELSTORE',
      'gone',
      'TF',
      'CPU',
      'INPUTS',
      '1',
      'x',
      'OUTPUTS',
      '1',
      'y7',
      'BLOB',
      heavyModel(),
    );
    const execute = client.send('AI.MODELEXECUTE', 'gone', 'INPUTS', '1', 'row', 'OUTPUTS', '1', 'c');
    await other.send('DEL', 'gone');
    other.close();
    expect(await execute).toEqual(OK);
  });

  it('does not take the bytes of a BLOB for the end of a step', async () => {
    const reply = await client.send(
      ...['AI.DAGEXECUTE', 'ROUTING', 'x', '|>', 'AI.TENSORSET', 'x', 'UINT8', '2', 'BLOB', '|>'],
      ...['|>', 'AI.TENSORGET', 'x', 'BLOB'],
    );
    expect(reply).toEqual({ t: 'array', v: [OK, { t: 'bulk', v: Buffer.from('|>') }] });
  });

  it('does not take the bytes of a BLOB for the word BLOB', async () => {
    const reply = await client.send(
      ...['AI.DAGEXECUTE', 'ROUTING', 'x', '|>', 'AI.TENSORSET', 'x', 'UINT8', '4', 'BLOB', 'BLOB'],
      ...['|>', 'AI.TENSORGET', 'x', 'BLOB'],
    );
    expect(reply).toEqual({ t: 'array', v: [OK, { t: 'bulk', v: Buffer.from('BLOB') }] });
  });

  it('takes a key called BLOB for a key', async () => {
    const reply = await client.send(
      ...['AI.DAGEXECUTE', 'ROUTING', 'x', '|>', 'AI.TENSORSET', 'BLOB', 'UINT8', '1', 'VALUES', '7'],
      ...['|>', 'AI.TENSORGET', 'BLOB', '|>', 'AI.TENSORGET', 'BLOB', 'VALUES'],
    );
    expect(reply).toMatchObject({ t: 'array', v: [OK, { t: 'array' }, { t: 'array', v: [{ t: 'int', v: 7 }] }] });
  });

  it('persists all or nothing', async () => {
    await client.send('SET', 'text', 'x');
    const reply = await client.send(
      ...['AI.DAGEXECUTE', 'PERSIST', '2', 'fresh', 'text', '|>', 'AI.TENSORSET', 'fresh', 'FLOAT', '1'],
      ...['|>', 'AI.TENSORSET', 'text', 'FLOAT', '1'],
    );
    expect(reply).toMatchObject({ t: 'array', v: [OK, OK, { t: 'error' }] });
    expect(await client.send('EXISTS', 'fresh')).toEqual({ t: 'int', v: 0 });
  });

  it('answers an error for every beginning of a command', async () => {
    const words = ['AI.DAGEXECUTE', 'LOAD', '1', 'row', 'PERSIST', '1', 'b', '|>', 'AI.MODELEXECUTE', 'heavy_CPU'];
    const rest = ['INPUTS', '1', 'row', 'OUTPUTS', '1'];
    const all = [...words, ...rest];
    for (let length = 1; length <= all.length; length += 1) {
      expect(await client.send(...all.slice(0, length))).toMatchObject({ t: 'error' });
    }
  });
});
