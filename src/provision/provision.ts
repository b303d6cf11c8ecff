// Puts into the engine what the stream asks it for: reference transactions, then the script, then the models.
// In this order, because a consumer takes an engine that has the models for one that has everything.
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import {
  HASHES_TO_TENSOR,
  MODEL_INPUTS,
  MODEL_OUTPUT,
  modelKey,
  POST_PROCESSING,
  scriptKey,
} from '../contracts/engine-keys.ts';
import { FraudstreamError } from '../core/errors.ts';
import { provisionError } from './provision-error.ts';
import { storeReferences, type ReferenceRow } from './references.ts';

export interface ProvisionOptions {
  readonly tag: string;
  /** Logical devices; each gets the model under its own name. The script runs on the first. */
  readonly devices: readonly string[];
  readonly model: Buffer;
  readonly backend: 'TF' | 'ONNX' | 'TORCH';
  readonly script: string;
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
  /** sha256 of the model: what every score names. */
  readonly modelDigest: string;
}

/**
 * Repeatable: a second run leaves exactly what the first one left.
 * @throws FraudstreamError where the engine refuses, is away, or is no RedisAI.
 */
export async function provision(redis: Redis, options: ProvisionOptions): Promise<ProvisionReport> {
  try {
    const stored = await storeReferences(redis, options.tag, options.references, options.progress);
    const script = await storeScript(redis, options);
    const modelDigest = createHash('sha256').update(options.model).digest('hex');
    const models = await storeModels(redis, options, modelDigest);
    return { ...stored, script, models, modelDigest };
  } catch (error) {
    throw error instanceof FraudstreamError ? error : provisionError(error);
  }
}

async function storeScript(redis: Redis, options: ProvisionOptions): Promise<string> {
  const key = scriptKey(options.tag);
  const entryPoints = ['ENTRY_POINTS', '2', HASHES_TO_TENSOR, POST_PROCESSING];
  await redis.call('AI.SCRIPTSTORE', key, options.devices[0]!, ...entryPoints, 'SOURCE', options.script);
  return key;
}

/** The model's digest is its TAG: so a consumer sees that it was replaced without fetching it. */
async function storeModels(redis: Redis, options: ProvisionOptions, digest: string): Promise<readonly string[]> {
  const named = ['TAG', digest, 'INPUTS', '2', ...MODEL_INPUTS, 'OUTPUTS', '1', MODEL_OUTPUT];
  // TorchScript names neither inputs nor outputs.
  const described = options.backend === 'TORCH' ? named.slice(0, 2) : named;
  const keys = options.devices.map((device) => modelKey(options.tag, device));
  for (const [index, key] of keys.entries()) {
    await removeOther(redis, key, 'AI__MODEL');
    await redis.call(
      'AI.MODELSTORE',
      key,
      options.backend,
      options.devices[index]!,
      ...described,
      'BLOB',
      options.model,
    );
  }
  return keys;
}

/** RedisAI 1.2 crashes where a model is stored over a key of another type. */
async function removeOther(redis: Redis, key: string, type: string): Promise<void> {
  const found = await redis.type(key);
  if (found !== 'none' && found !== type) await redis.del(key);
}
