// Promise: a node of a cluster runs what is about its own slots only, and says of everything else where it belongs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine } from '../../../../src/redisai/index.ts';
import { COMMANDS } from '../../../../src/redisai/commands/table.ts';
import { TextArgs } from '../../../../src/redisai/resp/text-args.ts';
import { freePort, startCluster, type EngineCluster } from '../../../helpers/engine-cluster.ts';
import { Resp2Client } from '../../../helpers/resp2-client.ts';

const SCRIPT = 'def pick(tensors: List[Tensor], keys: List[str], args: List[str]):\n    return tensors[0]\n';
const READER = `def read(tensors: List[Tensor], keys: List[str], args: List[str]):
    redis.execute("HVALS", [args[0]])
    return torch.zeros(1)
`;

/** bar and its tag are in slot 5061: node 0 of two; foo in 12182: node 1. */
describe('a cluster of two', () => {
  let cluster: EngineCluster;

  beforeAll(async () => {
    cluster = await startCluster(2);
  });
  afterAll(() => cluster.stop());

  const send = async (...words: string[]): Promise<unknown> => {
    const reply = await cluster.clients[0]!.send(...words);
    return reply.t === 'bulk' ? reply.v.toString() : 'v' in reply ? reply.v : null;
  };
  const moved = (slot: number): string => `MOVED ${slot} 127.0.0.1:${cluster.nodes[1]!.port}`;

  it('keeps its keys, and names the node of the others', async () => {
    expect(await send('SET', 'bar', '1')).toBe('OK');
    expect(await send('SET', 'foo', '1')).toBe(moved(12182));
    expect(await send('MGET', 'bar', 'foo')).toBe("CROSSSLOT Keys in request don't hash to the same slot");
    expect(await send('PING')).toBe('PONG');
  });

  it('ends a transaction that names a key of another node', async () => {
    await send('MULTI');
    expect(await send('GET', 'foo')).toBe(moved(12182));
    expect(await send('EXEC')).toBe('EXECABORT Transaction discarded because of previous errors.');
    await send('MULTI');
    await send('GET', 'bar');
    await send('GET', 'hello');
    expect(await send('EXEC')).toBe("CROSSSLOT Keys in request don't hash to the same slot");
  });

  it('looks at all keys of a DAG: those of its scripts and of ROUTING too', async () => {
    await send('AI.SCRIPTSTORE', 'script{bar}', 'CPU', 'ENTRY_POINTS', '1', 'pick', 'SOURCE', SCRIPT);
    const tensor = ['|>', 'AI.TENSORSET', 't', 'FLOAT', '1', 'VALUES', '1'];
    const script = (key: string): string[] => [
      ...['|>', 'AI.SCRIPTEXECUTE', 'script{bar}', 'pick', 'KEYS', '1', key],
      ...['INPUTS', '1', 't', 'OUTPUTS', '1', 'o'],
    ];
    expect(await send('AI.DAGEXECUTE', 'ROUTING', 'bar', ...tensor, ...script('k{bar}'))).toHaveLength(2);
    expect(await send('AI.DAGEXECUTE', 'ROUTING', 'bar', ...tensor, ...script('foo'))).toContain('CROSSSLOT');
    expect(await send('AI.DAGEXECUTE', 'ROUTING', 'foo', ...tensor)).toBe(moved(12182));
  });

  it('lets no script reach the keys of another node', async () => {
    await send('AI.SCRIPTSTORE', 'reader{bar}', 'CPU', 'ENTRY_POINTS', '1', 'read', 'SOURCE', READER);
    const read = (key: string): Promise<unknown> =>
      send(
        'AI.SCRIPTEXECUTE',
        'reader{bar}',
        'read',
        'KEYS',
        '1',
        'k{bar}',
        'ARGS',
        '1',
        key,
        'OUTPUTS',
        '1',
        'o{bar}',
      );
    expect(await read('h{bar}')).toBe('OK');
    expect(await read('foo')).toContain('Script attempted to access a non local key in a cluster node');
  });

  it('has one database', async () => {
    expect(await send('SELECT', '1')).toBe('ERR SELECT is not allowed in cluster mode');
    expect(await send('SELECT', '0')).toBe('OK');
  });

  it('says what of its nodes cannot be changed', async () => {
    expect(await send('CLUSTER', 'MEET', '127.0.0.1', '1')).toMatch(/^ERR CLUSTER MEET is not supported: the nodes/);
  });
});

it('where a slot has no owner, none is served, as in Redis by default', async () => {
  const port = await freePort();
  const nodes = [{ id: 'a'.repeat(40), host: '127.0.0.1', port, index: 0, slots: [[0, 100]] as const }];
  const engine = await startEngine({ cluster: { nodes, me: 0 } });
  const client = await Resp2Client.open(port);
  expect(await client.send('GET', 'bar')).toEqual({ t: 'error', v: 'CLUSTERDOWN Hash slot not served' });
  expect(await client.send('GET', '')).toEqual({ t: 'error', v: 'CLUSTERDOWN The cluster is down' });
  client.close();
  await engine.stop();
});

const ROUTED: readonly [words: string, positions: number[]][] = [
  ['AI.DAGEXECUTE LOAD 1 a PERSIST 1 b ROUTING r |> AI.MODELEXECUTE m INPUTS 1 a OUTPUTS 1 b', [3, 6, 11, 8]],
  [
    'AI.DAGEXECUTE ROUTING r |> AI.SCRIPTEXECUTE s f ARGS 1 KEYS KEYS 2 k l INPUTS 1 KEYS |> AI.TENSORGET t',
    [5, 2, 12, 13],
  ],
  ['AI.SCRIPTEXECUTE s f KEYS 1 k INPUTS 2 i j ARGS 1 x OUTPUTS 1 o TIMEOUT 5', [1, 5, 8, 9, 15]],
];

it.each(ROUTED)('%s is routed by %j', (words, positions) => {
  const args = new TextArgs(words.split(' '));
  expect(COMMANDS.find(args.text(0))!.routingKeysIn!(args)).toEqual(positions);
});
