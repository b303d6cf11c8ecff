// What has become of the slots since the file of nodes was written, as text: nodes tell one another, and keep it in their folders.
//
//   moved 5-7 <node id> <milliseconds since 1970>      migrating 8 <node id>      importing 9 <node id>
import { SLOTS } from '../../core/hash-slot.ts';
import type { Cluster, SlotMove } from './cluster.ts';

const LINE = /^(moved|migrating|importing) (\d{1,5})(?:-(\d{1,5}))? ([0-9a-f]{40})(?: (\d{1,15}))?$/;

export function movesText(cluster: Cluster): string {
  const runs: { from: number; to: number; move: SlotMove }[] = [];
  for (const move of cluster.moves()) {
    const last = runs.at(-1);
    const goesOn = last?.to === move.slot - 1 && last.move.owner === move.owner && last.move.atMs === move.atMs;
    if (goesOn) last.to = move.slot;
    else runs.push({ from: move.slot, to: move.slot, move });
  }
  return runs.map(({ from, to, move }) => `moved ${from}-${to} ${move.owner.id} ${move.atMs}\n`).join('');
}

export function layoutText(cluster: Cluster): string {
  const leaving = Array.from(cluster.migrating, ([slot, { id }]) => `migrating ${slot} ${id}\n`);
  const coming = Array.from(cluster.importing, ([slot, { id }]) => `importing ${slot} ${id}\n`);
  return [movesText(cluster), ...leaving, ...coming].join('');
}

/** Takes over what the text knows and the cluster does not. @throws Error that says what is wrong with the text */
export function learnLayout(cluster: Cluster, text: string): void {
  const lines = text.split('\n').filter((line) => line !== '');
  const parsed = lines.map((line) => parseLine(cluster, line));
  cluster.learn(parsed.flatMap(({ moves }) => moves));
  for (const { kind, slot, owner } of parsed) {
    if (kind === 'migrating') cluster.migrating.set(slot, owner);
    else if (kind === 'importing') cluster.importing.set(slot, owner);
  }
}

function parseLine(cluster: Cluster, line: string) {
  const match = LINE.exec(line);
  if (match === null) throw new Error(`the line '${line.slice(0, 100)}' cannot be read`);
  const [kind, from, to, id, atMs] = match.slice(1) as [string, string, string | undefined, string, string | undefined];
  const owner = cluster.node(id);
  if (owner === undefined) throw new Error(`it names the node ${id}, which is not in the file of nodes`);
  const [first, last] = [Number(from), Number(to ?? from)];
  if (last >= SLOTS || first > last) throw new Error(`the line '${line}' names slots that there are not`);
  const count = kind === 'moved' ? last - first + 1 : 0;
  const moves = Array.from({ length: count }, (_, i): SlotMove => ({
    slot: first + i,
    owner,
    atMs: Number(atMs ?? 0),
  }));
  return { kind, slot: first, owner, moves };
}
