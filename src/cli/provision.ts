// `fraudstream provision`: reference transactions, script and models into whatever answers AI.* commands.
import { readTransactions } from '../../producers/csv.ts';
import type { Settings } from '../config/settings.ts';
import { provision, type ProvisionReport } from '../provision/provision.ts';
import type { ReferenceRow } from '../provision/references.ts';
import type { CommandContext } from './command-context.ts';
import { engineAddress, withRedis } from './redis-client.ts';
import { SAMPLE_CSV } from './replay.ts';
import { scorerFiles } from './scorer-files.ts';

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
  const files = await scorerFiles(settings);
  return withRedis(engineAddress(settings, url), (redis) =>
    provision(redis, { ...files, references: firstRows(csv, settings.references) }),
  );
}

async function* firstRows(csv: string, count: number): AsyncGenerator<ReferenceRow> {
  if (count === 0) return;
  const { rows } = await readTransactions(csv);
  for await (const { texts, index } of rows) {
    yield { time: texts[0]!, index, fields: texts };
    if (index + 1 === count) return;
  }
}
