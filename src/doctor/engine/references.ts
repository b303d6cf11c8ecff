// Check: the provisioned references are all as the model expects them.
import { referencesKey } from '../../contracts/engine-keys.ts';
import { messageOf } from '../../core/errors.ts';
import type { Check } from '../examine.ts';
import { error, ok, warning } from '../finding.ts';
import type { EnginePeer } from './engine-peer.ts';
import { faultsIn, membersOf, summaries } from './reference-sample.ts';

const SAMPLE = 50;
const NEXT = 'store them anew: fraudstream provision';

export const REFERENCES: Check<EnginePeer> = {
  name: 'references',
  look: async ({ ask, tag, history }) => {
    const set = referencesKey(tag);
    const size = await ask('ZCARD', set);
    if (size instanceof Error) return [error(`${set}: ${messageOf(size)}`, NEXT)];
    if (size === 0 && history !== undefined) return [ok(`${set} is empty: scores are made with live history alone`)];
    if (size === 0) return [warning(`${set} is empty: every score is made without a past`, 'fraudstream provision')];
    const members = await membersOf(ask, set, Number(size), SAMPLE);
    const findings = summaries(await faultsIn(ask, set, members), members.length, NEXT);
    return findings.length > 0
      ? findings
      : [ok(`${Number(size)} in ${set}; ${members.length} looked at, all as they should be`)];
  },
};
