// Puts into the engine what the stream asks it for: reference transactions, then the script, then the models.
// In this order, because a consumer takes an engine that has the models for one that has everything.
import type { Redis } from 'ioredis';
import { FraudstreamError } from '../core/errors.ts';
import { provisionError } from './provision-error.ts';
import { storeReferences, type ReferenceRow } from './references.ts';
import { placedModels, storeModel, storeScript, type ScorerOptions } from './scorers.ts';

export interface ProvisionOptions extends ScorerOptions {
  readonly references: AsyncIterable<ReferenceRow> | Iterable<ReferenceRow>;
  /** Called now and then with the number of references stored so far. */
  readonly progress?: (references: number) => void;
}

export interface ProvisionReport {
  readonly references: number;
  /** References of an earlier run that this one does not have. */
  readonly referencesRemoved: number;
  readonly script: string;
  readonly models: readonly string[];
  /** sha256 of the model, of both where they differ: what every score names. */
  readonly modelDigest: string;
}

/**
 * Repeatable: a second run leaves exactly what the first one left. While a stream scores, too: each thing that is replaced
 * is replaced in one step, and the stream names in each score the model that made it.
 * @throws FraudstreamError where the engine refuses, is away, or is no RedisAI.
 */
export async function provision(redis: Redis, options: ProvisionOptions): Promise<ProvisionReport> {
  try {
    const stored = await storeReferences(redis, options.tag, options.references, options.progress);
    const script = await storeScript(redis, options);
    const models = placedModels(options);
    for (const model of models) await storeModel(redis, model);
    const modelDigest = [...new Set(models.map(({ digest }) => digest))].join();
    return { ...stored, script, models: models.map(({ key }) => key), modelDigest };
  } catch (error) {
    throw error instanceof FraudstreamError ? error : provisionError(error);
  }
}
