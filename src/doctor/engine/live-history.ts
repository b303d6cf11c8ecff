// Check: what live history keeps is this group's, and its references are as the model expects them.
import { historyKey, type SourcePartition } from '../../contracts/engine-keys.ts';
import { counted } from '../../core/counted.ts';
import { messageOf } from '../../core/errors.ts';
import { HistoryKeys } from '../../stream/history/history-keys.ts';
import { readMark } from '../../stream/history/mark.ts';
import type { Check } from '../examine.ts';
import { ok, type Finding } from '../finding.ts';
import type { EnginePeer } from './engine-peer.ts';
import { faultsIn, membersOf, summaries, type Fault } from './reference-sample.ts';

/** Of each partition. */
const SAMPLE = 50;

export const LIVE_HISTORY: Check<EnginePeer> = {
  name: 'live-history',
  look: async (peer) => {
    const { tag, history } = peer;
    if (history === undefined) return [];
    const looks = await Promise.all(history.partitions.map((source) => lookAt(peer, source, history.groupId)));
    const findings = looks.flatMap((one) => one.findings);
    if (findings.length > 0) return findings;
    const [kept, looked] = [sum(looks.map((one) => one.kept)), sum(looks.map((one) => one.looked))];
    const where = `{${tag}} of ${counted(looks.length, 'partition')}`;
    return [ok(`${kept} kept in ${where}; ${looked} looked at, all as they should be`)];
  },
};

interface Look {
  readonly kept: number;
  readonly looked: number;
  readonly findings: readonly Finding[];
}

/** @throws FraudstreamError where another group writes there */
async function lookAt({ ask, tag }: EnginePeer, source: SourcePartition, groupId: string): Promise<Look> {
  const keys = new HistoryKeys(tag, source);
  const { order, mark } = keys;
  const found = await ask('ZRANGE', mark, '0', '-1', 'WITHSCORES');
  if (found instanceof Error) throw new Error(`${mark}: ${messageOf(found)}`);
  readMark(found, groupId, mark);
  const kept = Number(await ask('ZCARD', order));
  const entries = keys.entriesOf((await membersOf(ask, order, kept, SAMPLE)).map(([entry]) => Buffer.from(entry)));
  // One for the whole partition, or of each entity that was come upon.
  const sets = [...new Set(entries.map(({ entity }) => historyKey(tag, source, entity)))];
  const faults: Fault[] = [];
  let looked = 0;
  for (const set of sets) {
    const members = await membersOf(ask, set, Number(await ask('ZCARD', set)), Math.ceil(SAMPLE / sets.length));
    faults.push(...(await faultsIn(ask, set, members)));
    looked += members.length;
  }
  return { kept, looked, findings: summaries(faults, looked, `have it read again from the topic: DEL ${mark}`) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
