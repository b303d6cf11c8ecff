// Check: one DAG, as the stream sends it and with real references, is answered by a score.
import { referencesKey } from '../../contracts/engine-keys.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { TIME_SECONDS_MAX } from '../../contracts/transaction.ts';
import { DagBuilder } from '../../stream/dag.ts';
import { lookUpCommand, type ReferenceQuery } from '../../stream/reference.ts';
import { readScores } from '../../stream/score.ts';
import type { Check } from '../examine.ts';
import { error, ok } from '../finding.ts';
import { listOf, type EnginePeer } from './engine-peer.ts';

const NEWEST: ReferenceQuery = { since: 0, until: TIME_SECONDS_MAX, limit: 10, own: 'nobody' };

export const DAG: Check<EnginePeer> = {
  name: 'dag',
  look: async (peer) => {
    const { ask, tag, devices, lookup, now } = peer;
    const isByScript = lookup !== 'client';
    const referenceKeys = isByScript ? [] : await newestKeys(peer);
    const dag = { transaction: NOBODY, referenceKeys, query: isByScript ? NEWEST : undefined };
    const words = new DagBuilder({ tag, devices, lookup, result: 'none' }).arguments(dag);
    const started = now();
    const scores = readScores(await ask('AI.DAGEXECUTE', ...words), 1, isByScript);
    if ('errorClass' in scores)
      return [error(`no score: ${scores.reason}`, 'store models and script that fit: fraudstream provision')];
    const took = `in ${(now() - started).toFixed(0)} ms`;
    const count = scores.counted?.[0] ?? referenceKeys.length;
    return [ok(`a DAG with ${count} references on ${devices.join(' and ')} gives a score ${took}`)];
  },
};

async function newestKeys({ ask, tag }: EnginePeer): Promise<Buffer[]> {
  const found = listOf(await ask(...lookUpCommand(referencesKey(tag), NEWEST)));
  return found.filter((key) => Buffer.isBuffer(key)).slice(0, NEWEST.limit);
}

const NOBODY = {
  transactionId: 'doctor',
  time: 0,
  amount: 0,
  features: new Float32Array(FEATURE_COUNT),
  label: null,
};
