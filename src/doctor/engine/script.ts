// Check: the script is there and offers the entry points that a DAG names.
import { POST_PROCESSING, scriptKey } from '../../contracts/engine-keys.ts';
import { messageOf } from '../../core/errors.ts';
import { REFERENCE_ENTRY_POINTS } from '../../stream/dag.ts';
import type { Check } from '../examine.ts';
import { error, ok } from '../finding.ts';
import { listOf, textOf, valueOf, type EnginePeer } from './engine-peer.ts';

export const SCRIPT: Check<EnginePeer> = {
  name: 'script',
  look: async ({ ask, tag, lookup }) => {
    const key = scriptKey(tag);
    const meta = await ask('AI.SCRIPTGET', key, 'META');
    if (meta instanceof Error && /^NOPERM/.test(meta.message)) return [ok(`${key}: this user may run it, not see it`)];
    if (meta instanceof Error) return [error(`${key}: ${messageOf(meta)}`, 'fraudstream provision')];
    const entryPoints = listOf(valueOf(meta, 'Entry Points')).map(textOf);
    const absent = [REFERENCE_ENTRY_POINTS[lookup], POST_PROCESSING].filter((name) => !entryPoints.includes(name));
    if (absent.length > 0) return [error(`${key} has no entry point ${absent.join(', ')}`, 'fraudstream provision')];
    return [ok(`${key} has ${entryPoints.join(', ')}, on ${textOf(valueOf(meta, 'device'))}`)];
  },
};
