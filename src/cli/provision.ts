// `fraudstream provision`: reference transactions, script and models into whatever answers AI.* commands.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { readTransactions } from '../../producers/csv.ts';
import type { Settings } from '../config/settings.ts';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { packageFile } from '../core/package-root.ts';
import { provision, type ModelFile, type ProvisionReport } from '../provision/provision.ts';
import type { ReferenceRow } from '../provision/references.ts';
import type { CommandContext } from './command-context.ts';
import { withRedis } from './redis-client.ts';
import { SAMPLE_CSV } from './replay.ts';

const SHIPPED_MODEL = packageFile('models', 'fraud_detection_model.pb');
const BACKENDS: Readonly<Record<string, ModelFile['backend']>> = {
  '.pb': 'TF',
  '.onnx': 'ONNX',
  '.pt': 'TORCH',
};

export async function runProvision({ settings, args, print }: CommandContext): Promise<undefined> {
  const report = await provisionEngine(settings, settings.redisaiUrl, args[0]);
  const { references, referencesRemoved, models, script, modelDigest } = report;
  if (settings.json) print(JSON.stringify(report));
  else {
    print(`references: ${references} stored, ${referencesRemoved} of an earlier run removed`);
    print(`script:     ${script}`);
    const digests = modelDigest.split(',').map((digest) => `${digest.slice(0, 16)}…`);
    print(`models:     ${models.join(', ')} (sha256 ${digests.join(', ')})`);
  }
}

export async function provisionEngine(settings: Settings, url: string, csv = SAMPLE_CSV): Promise<ProvisionReport> {
  const { modelB: pathB, model: path = SHIPPED_MODEL } = settings;
  const [model, modelB, script] = await Promise.all([
    modelFile(path),
    pathB === undefined ? undefined : modelFile(pathB),
    readOrSay(scriptPath(settings)),
  ]);
  return withRedis(url, (redis) =>
    provision(redis, {
      tag: settings.tag,
      devices: settings.devices,
      model,
      modelB,
      script: script.toString('utf8'),
      references: firstRows(csv, settings.references),
    }),
  );
}

async function modelFile(path: string): Promise<ModelFile> {
  const backend = BACKENDS[extname(path)];
  if (backend !== undefined) return { backend, blob: await readOrSay(path) };
  throw new FraudstreamError('MODEL_UNKNOWN', `${path}: the ending of a model's file says which backend runs it`, {
    next: `name a file that ends in ${Object.keys(BACKENDS).join(', ')}`,
    exitCode: EXIT.usage,
  });
}

const scriptPath = (settings: Settings): string => settings.script ?? packageFile('models', 'helper_script.py');

async function readOrSay(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new FraudstreamError('FILE_NOT_READ', `cannot read ${path}: ${messageOf(cause)}`, {
      next: 'name a file that exists and that you may read',
      exitCode: EXIT.usage,
      cause,
    });
  });
}

async function* firstRows(csv: string, count: number): AsyncGenerator<ReferenceRow> {
  if (count === 0) return;
  const { rows } = await readTransactions(csv);
  for await (const { texts, index } of rows) {
    yield { time: texts[0]!, index, fields: texts };
    if (index + 1 === count) return;
  }
}
