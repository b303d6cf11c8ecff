// What scores a transaction, into the engine: the script, and a model for each device. Second step of provision.
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { ENTRY_POINTS, MODEL_INPUTS, MODEL_OUTPUT, modelKey, scriptKey } from '../contracts/engine-keys.ts';

export interface ModelFile {
  readonly blob: Buffer;
  readonly backend: 'TF' | 'ONNX' | 'TORCH';
}

export interface ScorerOptions {
  readonly tag: string;
  /** Logical devices; each gets its model under a name of its own. The script runs on the first. */
  readonly devices: readonly string[];
  readonly model: ModelFile;
  /** For the second device, where it is not to have the same. */
  readonly modelB?: ModelFile | undefined;
  readonly script: string;
}

/** A model with its place in the engine. */
export interface PlacedModel {
  readonly key: string;
  readonly device: string;
  readonly file: ModelFile;
  /** sha256, hexadecimal. */
  readonly digest: string;
}

/** One for each device; where both are the same one, it scores twice. */
export function placedModels({ tag, devices, model, modelB = model }: ScorerOptions): readonly PlacedModel[] {
  return [...new Set(devices)].map((device, index) => {
    const file = index === 0 ? model : modelB;
    const digest = createHash('sha256').update(file.blob).digest('hex');
    return { key: modelKey(tag, device), device, file, digest };
  });
}

/** @returns its key */
export async function storeScript(redis: Redis, { tag, devices, script }: ScorerOptions): Promise<string> {
  const key = scriptKey(tag);
  const entryPoints = ['ENTRY_POINTS', String(ENTRY_POINTS.length), ...ENTRY_POINTS];
  await redis.call('AI.SCRIPTSTORE', key, devices[0]!, ...entryPoints, 'SOURCE', script);
  return key;
}

/** The model's digest is its TAG: so a consumer sees that it was replaced without fetching it. */
export async function storeModel(redis: Redis, { key, device, file, digest }: PlacedModel): Promise<void> {
  const named = ['TAG', digest, 'INPUTS', '2', ...MODEL_INPUTS, 'OUTPUTS', '1', MODEL_OUTPUT];
  // TorchScript names neither inputs nor outputs.
  const described = file.backend === 'TORCH' ? named.slice(0, 2) : named;
  await removeOther(redis, key, 'AI__MODEL');
  await redis.call('AI.MODELSTORE', key, file.backend, device, ...described, 'BLOB', file.blob);
}

/** RedisAI 1.2 crashes where a model is stored over a key of another type. */
async function removeOther(redis: Redis, key: string, type: string): Promise<void> {
  const found = await redis.type(key);
  if (found !== 'none' && found !== type) await redis.del(key);
}
