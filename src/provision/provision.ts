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

export interface ModelFile {
  readonly blob: Buffer;
  readonly backend: 'TF' | 'ONNX' | 'TORCH';
}

export interface ProvisionOptions {
  readonly tag: string;
  /** Logical devices; each gets its model under a name of its own. The script runs on the first. */
  readonly devices: readonly string[];
  readonly model: ModelFile;
  /** For the second device, where it is not to have the same. */
  readonly modelB?: ModelFile | undefined;
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
    const { models, digests } = await storeModels(redis, options);
    return { ...stored, script, models, modelDigest: [...new Set(digests)].join() };
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

async function storeModels(
  redis: Redis,
  { tag, devices, model, modelB = model }: ProvisionOptions,
): Promise<{ models: readonly string[]; digests: readonly string[] }> {
  const models: string[] = [];
  const digests: string[] = [];
  for (const [index, device] of devices.entries()) {
    const key = modelKey(tag, device);
    models.push(key);
    digests.push(await storeModel(redis, key, device, index === 0 ? model : modelB));
  }
  return { models, digests };
}

/** The model's digest is its TAG: so a consumer sees that it was replaced without fetching it. Returns the digest. */
async function storeModel(redis: Redis, key: string, device: string, { blob, backend }: ModelFile): Promise<string> {
  const digest = createHash('sha256').update(blob).digest('hex');
  const named = ['TAG', digest, 'INPUTS', '2', ...MODEL_INPUTS, 'OUTPUTS', '1', MODEL_OUTPUT];
  // TorchScript names neither inputs nor outputs.
  const described = backend === 'TORCH' ? named.slice(0, 2) : named;
  await removeOther(redis, key, 'AI__MODEL');
  await redis.call('AI.MODELSTORE', key, backend, device, ...described, 'BLOB', blob);
  return digest;
}

/** RedisAI 1.2 crashes where a model is stored over a key of another type. */
async function removeOther(redis: Redis, key: string, type: string): Promise<void> {
  const found = await redis.type(key);
  if (found !== 'none' && found !== type) await redis.del(key);
}
