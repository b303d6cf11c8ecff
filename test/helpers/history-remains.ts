// What live history leaves in the engine, looked at as a whole: hashes and members belong together, and no more is kept than is to be.
import type { Redis } from 'ioredis';

export interface HistoryPlace {
  readonly tag: string;
  readonly topic: string;
  readonly partition: number;
}

/** In words, what is not as it has to be in the history of a whole partition; `membersMax` are kept. */
export async function historyFaults(redis: Redis, place: HistoryPlace, membersMax: number): Promise<readonly string[]> {
  const { tag, topic, partition } = place;
  const faults: string[] = [];
  const hashes = new Set(await redis.keys(`${topic}:${partition}:*{${tag}}`));
  const members = await redis.zrange(`references{${tag}}:${topic}:${partition}`, '0', '-1');
  const order = await redis.zcard(`history{${tag}}:${topic}:${partition}`);
  for (const member of members) if (!hashes.delete(member)) faults.push(`${member} has no hash`);
  for (const hash of hashes) faults.push(`${hash} is no member`);
  if (order !== members.length) faults.push(`${order} in order, ${members.length} by time`);
  if (members.length === 0 || members.length > membersMax) faults.push(`${members.length} are kept`);
  return faults;
}
