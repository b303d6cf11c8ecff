// Check: something answers at REDISAI_URL, is done with loading, takes writes and knows AI commands.
import { messageOf } from '../../core/errors.ts';
import type { Check } from '../examine.ts';
import { error, ok, warning, type Finding } from '../finding.ts';
import { infoFields } from './info-fields.ts';
import { listOf, textOf, valueOf, type EnginePeer } from './engine-peer.ts';

/** Before it, RedisAI stops with a crash when it has loaded a snapshot (its issue 890). */
const SOUND_SINCE = 10_206;

export const SERVER: Check<EnginePeer> = {
  name: 'engine',
  first: true,
  look: async ({ ask, tag }) => {
    const known = await ask('AI.MODELGET', `doctor{${tag}}`, 'META');
    if (known instanceof Error && /unknown command/i.test(known.message))
      return [
        error('the server knows no AI commands', 'name a RedisAI in REDISAI_URL, or start one: fraudstream serve'),
      ];
    if (known instanceof Error && /^(NOAUTH|WRONGPASS|NOPERM)/.test(known.message))
      return [error(messageOf(known), 'give the user in REDISAI_URL the rights that docs/security.md lists')];
    const fields = infoFields(await ask('INFO'));
    return [...stateFindings(fields), ...versionFindings(fields, await ask('MODULE', 'LIST'))];
  },
};

function stateFindings(fields: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = [];
  if (fields.get('loading') === '1')
    findings.push(error('the engine is loading its keys', 'wait until it has loaded them'));
  if (fields.get('role') === 'slave')
    findings.push(error('the engine is a replica: it refuses DAGs that run scripts', 'name the master in REDISAI_URL'));
  return findings;
}

function versionFindings(fields: ReadonlyMap<string, string>, modules: unknown): Finding[] {
  const redis = `Redis ${fields.get('redis_version') ?? 'of unknown version'}`;
  const ai = listOf(modules as never).find((module) => textOf(valueOf(module, 'name')) === 'ai');
  const version = Number(valueOf(ai, 'ver'));
  // A user of few rights may not ask for modules; that AI commands are known was seen before.
  if (ai === undefined || !Number.isFinite(version)) return [ok(`${redis}, with AI commands`)];
  const words = `${redis}, RedisAI ${Math.floor(version / 10_000)}.${Math.floor(version / 100) % 100}.${version % 100}`;
  return [version < SOUND_SINCE ? warning(`${words}, which has known crashes`, 'use RedisAI 1.2.7') : ok(words)];
}
