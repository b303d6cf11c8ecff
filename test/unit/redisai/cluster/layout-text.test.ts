// Promise: what has become of the slots is told and kept without loss, and of two words the later one holds, whoever says it first.
import { describe, expect, it } from 'vitest';
import { Cluster } from '../../../../src/redisai/cluster/cluster.ts';
import { layoutText, learnLayout, movesText } from '../../../../src/redisai/cluster/layout-text.ts';
import { plannedNodes } from '../../../../src/redisai/cluster/nodes-file.ts';

const NODES = plannedNodes([
  { host: 'a', port: 1, slots: [[0, 9999]] },
  { host: 'b', port: 1, slots: [[10000, 16383]] },
]);
const [A, B] = [NODES[0]!, NODES[1]!];

describe('the layout of a cluster as text', () => {
  it('comes back as it was', () => {
    const cluster = new Cluster(NODES, 0);
    cluster.assign(5, B);
    cluster.learn([6, 7, 8].map((slot) => ({ slot, owner: B, atMs: 1000 })));
    cluster.migrating.set(1, B);
    cluster.importing.set(12000, B);
    const again = new Cluster(NODES, 0);
    learnLayout(again, layoutText(cluster));
    expect(layoutText(again)).toBe(layoutText(cluster));
    expect(again.rangesOf(A)).toEqual([
      [0, 4],
      [9, 9999],
    ]);
  });

  it('tells slots that moved together in one line', () => {
    const cluster = new Cluster(NODES, 0);
    cluster.learn([6, 7, 8].map((slot) => ({ slot, owner: B, atMs: 1000 })));
    expect(movesText(cluster)).toBe(`moved 6-8 ${B.id} 1000\n`);
  });

  it('lets the later word hold', () => {
    const cluster = new Cluster(NODES, 0);
    learnLayout(cluster, `moved 5-5 ${B.id} 2000\n`);
    learnLayout(cluster, `moved 5-5 ${A.id} 1000\n`);
    expect(cluster.ownerOf(5)).toBe(B);
    const { version } = cluster;
    learnLayout(cluster, `moved 5-5 ${A.id} 3000\n`);
    expect(cluster.ownerOf(5)).toBe(A);
    expect(cluster.version).not.toBe(version);
  });

  it('stamps a move later than every one that is known, whatever the clock says', () => {
    const cluster = new Cluster(NODES, 0);
    const farAhead = Date.now() + 1_000_000;
    learnLayout(cluster, `moved 5-5 ${B.id} ${farAhead}\n`);
    cluster.assign(5, A);
    expect([...cluster.moves()]).toEqual([{ slot: 5, owner: A, atMs: farAhead + 1 }]);
  });

  it.each([
    ['nonsense', "the line 'nonsense' cannot be read"],
    [`moved 5-5 ${'f'.repeat(40)} 1`, `it names the node ${'f'.repeat(40)}, which is not in the file of nodes`],
    [`moved 5-16384 ${A.id} 1`, 'names slots that there are not'],
  ])('refuses %s', (text, problem) => {
    expect(() => learnLayout(new Cluster(NODES, 0), text)).toThrow(problem);
  });
});
