// Check: everything that a DAG names is there, and on this node: a cluster runs no DAG across slots.
import { modelKey, referencesKey, scriptKey } from '../../contracts/engine-keys.ts';
import { messageOf } from '../../core/errors.ts';
import type { Check } from '../examine.ts';
import { error, ok } from '../finding.ts';
import type { EnginePeer } from './engine-peer.ts';

export const PLACEMENT: Check<EnginePeer> = {
  name: 'keys',
  look: async ({ ask, tag, devices }) => {
    const keys = [scriptKey(tag), ...new Set(devices.map((device) => modelKey(tag, device)))];
    // The reference set may be missing: it is asked for so that its slot is looked at too.
    const reply = await ask('EXISTS', ...keys, referencesKey(tag));
    if (reply instanceof Error && /^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)/.test(reply.message))
      return [
        error(
          `{${tag}}: ${messageOf(reply)}`,
          'name the nodes of its cluster in REDISAI_URL: redis+cluster://host:port,…',
        ),
      ];
    if (reply instanceof Error) throw reply;
    const there = await Promise.all(keys.map((key) => ask('EXISTS', key)));
    const absent = keys.filter((_, index) => there[index] === 0);
    if (absent.length === 0) return [ok(`script, models and references {${tag}} lie in one slot, on this node`)];
    return absent.map((key) => error(`${key} is not there`, `fraudstream provision (with HASH_TAG=${tag})`));
  },
};
