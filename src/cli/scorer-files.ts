// Settings → what scores: script and models, read from their files.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { packageFile } from '../core/package-root.ts';
import type { ModelFile, ScorerOptions } from '../provision/scorers.ts';

const SHIPPED_MODEL = packageFile('models', 'fraud_detection_model.pb');
const SHIPPED_SCRIPT = packageFile('models', 'helper_script.py');
const BACKENDS: Readonly<Record<string, ModelFile['backend']>> = {
  '.pb': 'TF',
  '.onnx': 'ONNX',
  '.pt': 'TORCH',
};

/** @throws FraudstreamError where a file cannot be read or is no model */
export async function scorerFiles({ tag, devices, ...paths }: Settings): Promise<ScorerOptions> {
  const [model, modelB, script] = await Promise.all([
    modelFile(paths.model ?? SHIPPED_MODEL),
    paths.modelB === undefined ? undefined : modelFile(paths.modelB),
    readOrSay(paths.script ?? SHIPPED_SCRIPT),
  ]);
  return { tag, devices, model, modelB, script: script.toString('utf8') };
}

async function modelFile(path: string): Promise<ModelFile> {
  const backend = BACKENDS[extname(path)];
  if (backend !== undefined) return { backend, blob: await readOrSay(path) };
  throw new FraudstreamError('MODEL_UNKNOWN', `${path}: the ending of a model's file says which backend runs it`, {
    next: `name a file that ends in ${Object.keys(BACKENDS).join(', ')}`,
    exitCode: EXIT.usage,
  });
}

async function readOrSay(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new FraudstreamError('FILE_NOT_READ', `cannot read ${path}: ${messageOf(cause)}`, {
      next: 'name a file that exists and that you may read',
      exitCode: EXIT.usage,
      cause,
    });
  });
}
