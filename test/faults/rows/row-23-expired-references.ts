// Row 23: half of the reference transactions have expired while the index still names them.
import { Redis } from 'ioredis';
import { provisionedReferences } from '../rescore.ts';
import { REFERENCES } from '../rig/engine-process.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 4_000;

export const row23: Row = {
  number: 23,
  name: 'half of the reference keys expired',
  promise: 'scored on what is left, and each score says how many were there and how many were missing',
  async run(rig, { random, records = RECORDS }) {
    const keys = provisionedReferences(REFERENCES).map(({ key }) => key);
    const expired = new Set(keys.filter(() => random.uniform() < 0.5));
    const stage = await Stage.open(rig, { name: 'row-23', random });
    try {
      await remove(rig.engine.url, [...expired]);
      stage.addConsumer();
      await stage.feed.write(records);
      await stage.untilOutcomes(records);
      const scores = stage.outcomes.flatMap((outcome) => (outcome.kind === 'score' ? [outcome.score] : []));
      const flagged = scores.filter(({ referencesMissing }) => referencesMissing > 0).length;
      return await finish(stage, {
        faults: expired.size,
        expired,
        checks: [{ words: `scores say what was missing (${flagged} of ${scores.length})`, holds: flagged > 0 }],
        notes: [`${flagged} of ${scores.length} scores miss references`],
      });
    } finally {
      await stage.close();
      await rig.engine.provision();
    }
  },
};

async function remove(url: string, keys: readonly string[]): Promise<void> {
  const redis = new Redis(url, { protocol: 2 });
  try {
    const removed = await redis.del(...keys);
    if (removed !== keys.length) throw new Error(`${removed} of ${keys.length} reference keys were there`);
  } finally {
    redis.disconnect();
  }
}
