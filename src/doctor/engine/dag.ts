// Check: one DAG, as the stream sends it and with real references, is answered by a score.
import { referencesKey } from '../../contracts/engine-keys.ts';
import { FEATURE_COUNT } from '../../contracts/features.ts';
import { DagBuilder } from '../../stream/dag.ts';
import { readScores } from '../../stream/score.ts';
import type { Check } from '../examine.ts';
import { error, ok } from '../finding.ts';
import { listOf, type EnginePeer } from './engine-peer.ts';

const REFERENCES = 10;

export const DAG: Check<EnginePeer> = {
  name: 'dag',
  look: async ({ ask, tag, devices, now }) => {
    const set = await ask('ZREVRANGEBYSCORE', referencesKey(tag), '+inf', '-inf', 'LIMIT', '0', String(REFERENCES));
    const referenceKeys = listOf(set).filter((key) => Buffer.isBuffer(key));
    const words = new DagBuilder({ tag, devices, result: 'none' }).arguments({ transaction: NOBODY, referenceKeys });
    const started = now();
    const scores = readScores(await ask('AI.DAGEXECUTE', ...words), 1);
    if ('errorClass' in scores)
      return [error(`no score: ${scores.reason}`, 'store models and script that fit: fraudstream provision')];
    const took = `in ${(now() - started).toFixed(0)} ms`;
    return [ok(`a DAG with ${referenceKeys.length} references on ${devices.join(' and ')} gives a score ${took}`)];
  },
};

const NOBODY = {
  transactionId: 'doctor',
  time: 0,
  amount: 0,
  features: new Float32Array(FEATURE_COUNT),
  label: null,
};
