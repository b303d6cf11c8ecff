// `fraudstream provision`: reference transactions, script and models into whatever answers AI.* commands, shard by shard.
import pLimit from 'p-limit';
import { readTransactions } from '../../producers/csv.ts';
import type { Settings } from '../config/settings.ts';
import { shardTags } from '../contracts/shard-tags.ts';
import { FraudstreamError, messageOf } from '../core/errors.ts';
import { provision, type ProvisionReport } from '../provision/provision.ts';
import type { ReferenceRow } from '../provision/references.ts';
import type { CommandContext } from './command-context.ts';
import { engineAddress, withRedis } from './redis-client.ts';
import { SAMPLE_CSV } from './replay.ts';
import { scorerFiles } from './scorer-files.ts';

/** Each reads the CSV for itself. */
const SHARDS_AT_ONCE = 4;

export interface ShardReport extends ProvisionReport {
  /** Hash tag of the shard. */
  readonly tag: string;
}

export async function runProvision({ settings, args, print }: CommandContext): Promise<undefined> {
  const reports = await provisionShards(settings, settings.redisaiUrl, args[0]);
  if (settings.json) print(JSON.stringify(reports.length === 1 ? untagged(reports[0]!) : { shards: reports }));
  else for (const line of reports.flatMap(reports.length === 1 ? reportLines : shardLines)) print(line);
}

const untagged = ({ tag: _tag, ...report }: ShardReport): ProvisionReport => report;

function reportLines({ references, referencesRemoved, script, models, modelDigest }: ShardReport): string[] {
  const digests = modelDigest.split(',').map((digest) => `${digest.slice(0, 16)}…`);
  return [
    `references: ${references} stored, ${referencesRemoved} of an earlier run removed`,
    `script:     ${script}`,
    `models:     ${models.join(', ')} (sha256 ${digests.join(', ')})`,
  ];
}

const shardLines = (report: ShardReport): string[] => [
  `shard {${report.tag}}`,
  ...reportLines(report).map((line) => `  ${line}`),
];

/** Side by side. One that fails does not stop the others. @throws FraudstreamError naming the first one that did */
export async function provisionShards(
  settings: Settings,
  url: string,
  csv = SAMPLE_CSV,
): Promise<readonly ShardReport[]> {
  const files = await scorerFiles(settings);
  const tags = shardTags(settings.tag, settings.shards);
  const address = engineAddress(settings, url);
  const provisionShard = (tag: string): Promise<ShardReport> =>
    withRedis(address, tag, async (redis) => {
      const references = firstRows(csv, settings.references);
      return { tag, ...(await provision(redis, { ...files, tag, references })) };
    });
  const limit = pLimit(SHARDS_AT_ONCE);
  const ended = await Promise.allSettled(tags.map((tag) => limit(provisionShard, tag)));
  const failed = ended.findIndex(({ status }) => status === 'rejected');
  if (failed >= 0) throw notProvisioned((ended[failed] as PromiseRejectedResult).reason, tags[failed]!, ended);
  return ended.map((one) => (one as PromiseFulfilledResult<ShardReport>).value);
}

/** Of one shard the error is its own; of several it says which, and what became of the others. */
function notProvisioned(cause: unknown, tag: string, ended: readonly { readonly status: string }[]): unknown {
  if (ended.length === 1 || !(cause instanceof FraudstreamError)) return cause;
  const well = ended.filter(({ status }) => status === 'fulfilled').length;
  const words = `shard {${tag}}: ${messageOf(cause)}; ${well} of ${ended.length} shards are provisioned`;
  const { code, exitCode, retriable, next } = cause;
  return new FraudstreamError(code, words, { exitCode, retriable, cause, ...(next === undefined ? {} : { next }) });
}

/** `1000 references, the script and 2 models`, for a person. */
export function contentsOf(reports: readonly ShardReport[]): string {
  const { references, models } = reports[0]!;
  const words = `${references} references, the script and ${models.length} models`;
  return reports.length === 1 ? words : `${words} in each of ${reports.length} shards`;
}

async function* firstRows(csv: string, count: number): AsyncGenerator<ReferenceRow> {
  if (count === 0) return;
  const { rows } = await readTransactions(csv);
  for await (const { texts, index } of rows) {
    yield { time: texts[0]!, index, fields: texts };
    if (index + 1 === count) return;
  }
}
