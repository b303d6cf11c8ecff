// Puts back what an engine has lost of script and models, and nothing else: what is there stays, and no score ever comes
// from another model than before because of it. References are left alone: whoever has the CSV stores them.
import type { Redis } from 'ioredis';
import { scriptKey } from '../contracts/engine-keys.ts';
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { provisionError } from './provision-error.ts';
import { placedModels, storeModel, storeScript, type PlacedModel, type ScorerOptions } from './scorers.ts';

/**
 * `answeredLast`: the TAGs of the models that scored until now, parted by commas; undefined where none have.
 * @returns the keys that it stored; none where others were quicker
 * @throws FraudstreamError where the models of `options` are not those that scored, or the engine refuses or is away
 */
export async function provisionMissing(
  redis: Redis,
  options: ScorerOptions,
  answeredLast: string | undefined,
): Promise<readonly string[]> {
  const models = placedModels(options);
  refuseOthers(models, answeredLast?.split(',') ?? [], 'scored until now');
  try {
    return await store(redis, options, models);
  } catch (error) {
    throw error instanceof FraudstreamError ? error : provisionError(error);
  }
}

async function store(redis: Redis, options: ScorerOptions, models: readonly PlacedModel[]): Promise<readonly string[]> {
  const present = await Promise.all(models.map(({ key }) => tagOf(redis, key)));
  refuseOthers(models, present, 'is stored there');
  const stored: string[] = [];
  // The models last: other consumers take an engine that has them for one that has everything.
  if ((await redis.exists(scriptKey(options.tag))) === 0) stored.push(await storeScript(redis, options));
  for (const [index, model] of models.entries()) {
    if (present[index] !== undefined) continue;
    await storeModel(redis, model);
    stored.push(model.key);
  }
  return stored;
}

async function tagOf(redis: Redis, key: string): Promise<string | undefined> {
  if ((await redis.exists(key)) === 0) return undefined;
  const meta = (await redis.call('AI.MODELGET', key, 'META')) as readonly unknown[];
  return String(meta[meta.indexOf('tag') + 1]);
}

/** provision writes a model's digest into its TAG. */
function refuseOthers(models: readonly PlacedModel[], tags: readonly (string | undefined)[], what: string): void {
  const other = models.find(({ digest }, index) => tags[index] !== undefined && tags[index] !== digest);
  if (other === undefined) return;
  const words = `${other.key}: the model to be stored has the sha256 ${other.digest}, and another one ${what}`;
  throw new FraudstreamError('PROVISION_OTHER_MODEL', words, {
    next: 'name the model that is to score (--model, --model-b), or store it yourself: fraudstream provision',
    exitCode: EXIT.config,
  });
}
