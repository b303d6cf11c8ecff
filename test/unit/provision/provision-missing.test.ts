// What is missing is stored, what is there is left alone, and no other model ever takes over.
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provisionMissing } from '../../../src/provision/provision-missing.ts';
import { resp, ScriptedEngine } from '../../helpers/scripted-engine.ts';

const DIGEST = '9372c470eeadd5ecd9c3c74c2b3cb633f8e2f2fad799250a0f70d652b6b825e4';
const KEYS = ['fraud_detection_model{tag}_CPU', 'fraud_detection_model{tag}_CPU:1'] as const;
const OPTIONS = {
  tag: 'tag',
  devices: ['CPU', 'CPU:1'],
  model: { blob: Buffer.from('model'), backend: 'TF' },
  script: 'source',
} as const;

describe('storing what is missing', () => {
  let engine: ScriptedEngine;
  let redis: Redis;
  beforeEach(async () => {
    engine = await new ScriptedEngine().start();
    engine.override = ([name, key]) => {
      if (name === 'exists' && KEYS.some((known) => known === key))
        return resp.integer(engine.models.has(key!) ? 1 : 0);
      if (name === 'type') return '+none\r\n';
      return name === 'AI.MODELSTORE' || name === 'AI.SCRIPTSTORE' ? resp.ok : undefined;
    };
    redis = new Redis(engine.url, { protocol: 2, enableReadyCheck: false, disableClientInfo: true });
    for (const key of KEYS) engine.models.set(key, { tag: DIGEST, blob: Buffer.from('model') });
  });
  afterEach(async () => {
    redis.disconnect();
    await engine.stop();
  });
  const written = (): string[] => engine.commands.filter(([name]) => name!.endsWith('STORE')).map(([, key]) => key!);

  it('stores script and models in an empty engine, the models last, and touches no reference', async () => {
    engine.models.clear();
    engine.hasScript = false;
    expect(await provisionMissing(redis, OPTIONS, `${DIGEST},${DIGEST}`)).toEqual(['helper_script{tag}', ...KEYS]);
    expect(written()).toEqual(['helper_script{tag}', ...KEYS]);
    expect(engine.commands.flat().filter((word) => word.includes('references{'))).toEqual([]);
  });

  it('stores the one model that is gone, and nothing where all is there', async () => {
    expect(await provisionMissing(redis, OPTIONS, undefined)).toEqual([]);
    engine.models.delete(KEYS[1]);
    expect(await provisionMissing(redis, OPTIONS, undefined)).toEqual([KEYS[1]]);
    expect(written()).toEqual([KEYS[1]]);
  });

  it.each([
    ['scored until now', `${DIGEST},other`, DIGEST, KEYS[1]],
    ['is stored there', undefined, 'other', KEYS[0]],
  ])('refuses where another model %s', async (what, answeredLast, tag, key) => {
    engine.models.set(KEYS[0], { tag, blob: Buffer.from('model') });
    engine.models.delete(KEYS[1]);
    await expect(provisionMissing(redis, OPTIONS, answeredLast)).rejects.toMatchObject({
      code: 'PROVISION_OTHER_MODEL',
      message: expect.stringMatching(new RegExp(`^${key.replace(/[{}]/g, '\\$&')}: .*${what}`)) as string,
      next: expect.stringContaining('fraudstream provision') as string,
    });
    expect(written()).toEqual([]);
  });

  it('says what the engine refuses', async () => {
    engine.models.clear();
    const answer = engine.override;
    engine.override = (words, raw) =>
      words[0] === 'AI.MODELSTORE' ? resp.error('OOM command not allowed') : answer(words, raw);
    await expect(provisionMissing(redis, OPTIONS, undefined)).rejects.toMatchObject({ code: 'ENGINE_OUT_OF_MEMORY' });
  });
});
