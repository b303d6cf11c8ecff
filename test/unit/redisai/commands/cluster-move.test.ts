// Promise: a slot goes from node to node with its keys while clients go on: nothing is lost, and all nodes learn who has it.
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../helpers/eventually.ts';
import { startCluster, type EngineCluster } from '../../../helpers/engine-cluster.ts';
import { Resp2Client } from '../../../helpers/resp2-client.ts';

const SLOT = '5061';
const SCRIPT = 'def pick(tensors: List[Tensor], keys: List[str], args: List[str]):\n    return tensors[0]\n';

describe('a slot that moves from node 0 to node 1 of three', () => {
  let cluster: EngineCluster;

  beforeAll(async () => {
    cluster = await startCluster(3);
  });
  afterAll(() => cluster.stop());

  const send = async (node: number, ...words: string[]): Promise<unknown> => {
    const reply = await cluster.clients[node]!.send(...words);
    return reply.t === 'bulk' ? reply.v.toString() : 'v' in reply ? reply.v : null;
  };
  const at = (node: number): string => `127.0.0.1:${cluster.nodes[node]!.port}`;
  const migrate = (...keys: string[]): Promise<unknown> =>
    send(0, 'MIGRATE', '127.0.0.1', String(cluster.nodes[1]!.port), '', '0', '5000', 'KEYS', ...keys);

  it('takes data, tensors and scripts along, with their expiry', async () => {
    await send(0, 'SET', 'bar', '1', 'PX', '100000');
    await send(0, 'ZADD', 'z{bar}', '1.5', 'm');
    await send(0, 'AI.TENSORSET', 't{bar}', 'FLOAT', '2', 'VALUES', '1', '2');
    await send(0, 'AI.SCRIPTSTORE', 's{bar}', 'CPU', 'ENTRY_POINTS', '1', 'pick', 'SOURCE', SCRIPT);
    expect(await send(0, 'CLUSTER', 'SETSLOT', SLOT, 'MIGRATING', cluster.nodes[1]!.id)).toBe('OK');
    expect(await send(1, 'CLUSTER', 'SETSLOT', SLOT, 'IMPORTING', cluster.nodes[0]!.id)).toBe('OK');
    expect(await send(0, 'CLUSTER', 'COUNTKEYSINSLOT', SLOT)).toBe(4);
    expect(await send(0, 'CLUSTER', 'SETSLOT', SLOT, 'NODE', cluster.nodes[1]!.id)).toContain(
      'while I still hold keys',
    );
    expect(await migrate('bar', 'z{bar}', 't{bar}')).toBe('OK');
    expect(await send(0, 'GET', 'bar')).toBe(`ASK ${SLOT} ${at(1)}`);
    expect(await send(0, 'AI.SCRIPTGET', 's{bar}', 'SOURCE')).toBe(SCRIPT);
    expect(await send(0, 'MGET', 's{bar}', 'bar')).toContain('TRYAGAIN');
    expect(await send(1, 'GET', 'bar')).toBe(`MOVED ${SLOT} ${at(0)}`);
    await send(1, 'ASKING');
    expect(await send(1, 'GET', 'bar')).toBe('1');
    expect(await migrate('s{bar}', 'nosuch{bar}')).toBe('OK');
    expect(await migrate('s{bar}')).toBe('NOKEY');
  });

  it('is learnt of by every node, though only the two were told', async () => {
    expect(await send(1, 'CLUSTER', 'SETSLOT', SLOT, 'NODE', cluster.nodes[1]!.id)).toBe('OK');
    expect(await send(0, 'CLUSTER', 'SETSLOT', SLOT, 'NODE', cluster.nodes[1]!.id)).toBe('OK');
    await eventually(async () => (await send(2, 'GET', 'bar')) === `MOVED ${SLOT} ${at(1)}`);
    expect(await send(0, 'GET', 'bar')).toBe(`MOVED ${SLOT} ${at(1)}`);
    expect(await send(1, 'PTTL', 'bar')).toBeGreaterThan(0);
    expect(await send(1, 'ZSCORE', 'z{bar}', 'm')).toBe('1.5');
    expect(await send(1, 'TYPE', 't{bar}')).toBe('AI_TENSOR');
    expect(await send(1, 'AI.SCRIPTGET', 's{bar}', 'SOURCE')).toBe(SCRIPT);
  });

  it('sends on who waits for one of its keys', async () => {
    const waiting = await Resp2Client.open(cluster.nodes[1]!.port);
    const popped = waiting.send('BLPOP', 'l{bar}', '0');
    await eventually(async () => String(await send(1, 'INFO', 'clients')).includes('blocked_clients:1'));
    for (const key of ['bar', 'z{bar}', 't{bar}', 's{bar}']) await send(1, 'DEL', key);
    await send(1, 'CLUSTER', 'SETSLOT', SLOT, 'NODE', cluster.nodes[2]!.id);
    expect(await popped).toEqual({ t: 'error', v: `MOVED ${SLOT} ${at(2)}` });
    waiting.close();
  });

  it('keeps a key that the other engine does not take', async () => {
    await send(0, 'SET', 'hello', '1');
    const toNode = (port: number): Promise<unknown> =>
      send(0, 'MIGRATE', '127.0.0.1', String(port), 'hello', '0', '500');
    expect(await toNode(cluster.nodes[1]!.port)).toBe(`ERR Target instance replied with error: MOVED 866 ${at(0)}`);
    expect(await toNode(1)).toBe('ERR MIGRATE goes to nodes of this cluster only, as its file of nodes names them');
    await cluster.engines[1]!.stop();
    expect(await toNode(cluster.nodes[1]!.port)).toBe('IOERR error or timeout writing to target instance');
    expect(await send(0, 'GET', 'hello')).toBe('1');
  });
});

it('a write that comes while its key is on its way is made where the key then is', async () => {
  const cluster = await startCluster(2);
  const [one, two] = [cluster.clients[0]!, cluster.clients[1]!];
  const other = await Resp2Client.open(cluster.nodes[0]!.port);
  await one.send('SET', 'bar', 'x'.repeat(1_000_000));
  await one.send('CLUSTER', 'SETSLOT', SLOT, 'MIGRATING', cluster.nodes[1]!.id);
  await two.send('CLUSTER', 'SETSLOT', SLOT, 'IMPORTING', cluster.nodes[0]!.id);
  const moved = one.send('MIGRATE', '127.0.0.1', String(cluster.nodes[1]!.port), 'bar', '0', '5000');
  const written = other.send('APPEND', 'bar', 'y');
  expect(await moved).toEqual({ t: 'status', v: 'OK' });
  const reply = await written;
  const ask = { t: 'error', v: `ASK ${SLOT} 127.0.0.1:${cluster.nodes[1]!.port}` };
  expect([{ t: 'int', v: 1_000_001 }, ask]).toContainEqual(reply);
  await two.send('ASKING');
  expect(await two.send('STRLEN', 'bar')).toEqual({ t: 'int', v: reply.t === 'int' ? 1_000_001 : 1_000_000 });
  other.close();
  await cluster.stop();
});

it('nodes with a password tell one another with it, and keys go with it', async () => {
  const cluster = await startCluster(3, 'secret');
  const [zero, one, two] = cluster.clients as [Resp2Client, Resp2Client, Resp2Client];
  const [from, to] = [cluster.nodes[0]!, cluster.nodes[1]!];
  await zero.send('SET', 'bar', '1');
  await zero.send('CLUSTER', 'SETSLOT', SLOT, 'MIGRATING', to.id);
  await one.send('CLUSTER', 'SETSLOT', SLOT, 'IMPORTING', from.id);
  const words = ['MIGRATE', '127.0.0.1', String(to.port), 'bar', '0', '5000'];
  expect(await zero.send(...words)).toMatchObject({ t: 'error', v: expect.stringContaining('NOAUTH') as unknown });
  expect(await zero.send(...words, 'AUTH', 'secret')).toEqual({ t: 'status', v: 'OK' });
  for (const client of [one, zero]) await client.send('CLUSTER', 'SETSLOT', SLOT, 'NODE', to.id);
  const moved = { t: 'error', v: `MOVED ${SLOT} 127.0.0.1:${to.port}` };
  await eventually(async () => isDeepStrictEqual(await two.send('GET', 'bar'), moved));
  await cluster.stop();
});
