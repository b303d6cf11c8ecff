// Check: the engine may not evict keys, and has room left.
import type { Check } from '../examine.ts';
import { error, ok, warning } from '../finding.ts';
import type { EnginePeer } from './engine-peer.ts';
import { infoFields } from './info-fields.ts';

const FULL_SHARE = 0.9;
const BYTES_PER_MEBIBYTE = 1_048_576;

export const MEMORY: Check<EnginePeer> = {
  name: 'memory',
  look: async ({ ask }) => {
    const fields = infoFields(await ask('INFO', 'memory'));
    const policy = fields.get('maxmemory_policy');
    if (policy === undefined) return [warning('this user may not see it', 'allow INFO to see the memory policy')];
    const [used, max] = [Number(fields.get('used_memory')), Number(fields.get('maxmemory'))];
    const next = 'redis-cli CONFIG SET maxmemory-policy noeviction';
    if (policy !== 'noeviction' && max > 0)
      return [error(`${policy}: a full engine would drop references and models without a word`, next)];
    if (policy !== 'noeviction') return [warning(`${policy} would evict keys, were maxmemory set`, next)];
    const words = `noeviction, ${mebibytes(used)} used of ${max === 0 ? 'no limit' : mebibytes(max)}`;
    if (max > 0 && used > max * FULL_SHARE) return [warning(words, 'raise maxmemory: a full engine refuses DAGs')];
    return [ok(words)];
  },
};

const mebibytes = (bytes: number): string => `${(bytes / BYTES_PER_MEBIBYTE).toFixed(1)} MiB`;
