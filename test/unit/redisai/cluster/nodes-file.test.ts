// Promise: a file of nodes is taken only if every node that reads it knows who has which slot; else it is said what is wrong where.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plannedNodes, readNodesFile } from '../../../../src/redisai/cluster/nodes-file.ts';
import { startEngine } from '../../../../src/redisai/index.ts';

const ID = '0123456789abcdef0123456789abcdef01234567';
const A = { host: '10.0.0.1', port: 6379, slots: [[0, 8191]] };
const B = { host: '10.0.0.2', port: 6379, slots: [[8192, 16383]] };

describe('the file of nodes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fraudstream-nodes-'));
  const path = join(folder, 'nodes.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives each node its place and an id that every reader gives it', async () => {
    writeFileSync(path, JSON.stringify([A, { ...B, id: ID }, { host: 'spare', port: 1, slots: [] }]));
    const nodes = await readNodesFile(path);
    expect(nodes.map(({ host, index }) => [host, index])).toEqual([
      ['10.0.0.1', 0],
      ['10.0.0.2', 1],
      ['spare', 2],
    ]);
    expect(nodes[0]!.id).toMatch(/^[0-9a-f]{40}$/);
    expect(nodes[1]!.id).toBe(ID);
    expect(await readNodesFile(path)).toEqual(nodes);
  });

  it('names the file, the cause and the next step', async () => {
    writeFileSync(path, '[');
    const wrong = { code: 'CLUSTER_NODES_INVALID', message: expect.stringContaining(path) as unknown };
    await expect(readNodesFile(path)).rejects.toMatchObject(wrong);
    await expect(readNodesFile(join(folder, 'nosuch'))).rejects.toThrow(
      /nosuch cannot be used: cannot be read: ENOENT/,
    );
  });
});

const WRONG: readonly [what: string, value: unknown, problem: string][] = [
  ['no list', {}, 'it is no list of nodes'],
  ['no nodes', [], 'it is no list of nodes'],
  ['a node that is none', [A, 7], 'node 1: it is no object'],
  ['no host', [{ ...A, host: '' }], 'node 0: host must be a name or an address'],
  ['no port', [{ ...A, port: '6379' }], 'node 0: port must be a whole number from 1 to 65535'],
  ['a field too many', [{ ...A, slot: [] }], "node 0: the field 'slot' is not known; there are host, port, slots, id"],
  ['a bad id', [{ ...A, id: 'x' }], 'node 0: id must be 40 hexadecimal digits in lower case'],
  ['no slots', [{ host: 'a', port: 1 }], 'node 0: slots must be a list of [from, to]'],
  ['a slot beyond the last', [{ ...A, slots: [[0, 16384]] }], 'node 0: the slots [0,16384] are not [from, to]'],
  ['a range backwards', [{ ...A, slots: [[5, 4]] }], 'node 0: the slots [5,4] are not [from, to]'],
  ['an address twice', [A, { ...B, host: A.host }], 'nodes 0 and 1 are both 10.0.0.1:6379'],
  [
    'an id twice',
    [
      { ...A, id: ID },
      { ...B, id: ID },
    ],
    `nodes 0 and 1 are both ${ID}`,
  ],
  ['a slot twice', [A, { ...B, slots: [[8191, 16383]] }], 'nodes 0 and 1 both have slot 8191'],
  [
    'a slot twice in a node',
    [
      {
        ...A,
        slots: [
          [0, 5],
          [5, 6],
        ],
      },
    ],
    'node 0: slot 5 stands in two of its ranges',
  ],
];

it.each(WRONG)('is refused for %s', (_, value, problem) => {
  expect(() => plannedNodes(value)).toThrow(problem);
});

it('a node that is not in it does not start', async () => {
  const nodes = plannedNodes([A, B]);
  await expect(startEngine({ cluster: { nodes, me: 2 } })).rejects.toMatchObject({
    code: 'CLUSTER_NODE_UNKNOWN',
    message: 'The cluster has no node 2: it has 2, from 0.',
  });
});
