// What the page says in one word about the stream. Nothing here touches the document.
import type { Snapshot } from '../live/snapshot.ts';

export interface PageVerdict {
  readonly state: 'busy' | 'idle' | 'waiting' | 'trouble';
  readonly words: string;
  /** What a person should know, empty where all is well. */
  readonly trouble: string;
}

/** A second without traffic is no silence yet. */
const BUSY_SECONDS = 3;
/** Records that wait are no trouble yet: what is seen of them is up to some seconds old. */
const WAITING_SECONDS = 5;

const WORDS: Readonly<Record<string, string>> = {
  engine: 'Engine down',
  kafka: 'Kafka down',
  group: 'Joining',
  progress: 'Stuck',
};

/** Where a consumer waits for a peer or for a person, that is what one wants to know first. */
const NEXT = 'Nothing is lost: what comes in waits. fraudstream doctor says what mends it.';

type Seen = Pick<Snapshot, 'checks' | 'history' | 'partitions'>;

const WAITING: PageVerdict = {
  state: 'waiting',
  words: 'Waiting',
  trouble:
    'Records wait and none is scored yet. The group shares its partitions out anew where Kafka was away or a consumer was killed, which takes up to a session (30 s unless told).',
};

const scoredWithin = ({ scored }: Seen['history'], seconds: number): boolean =>
  scored.slice(-seconds).some((inOneSecond) => inOneSecond > 0);

export function verdictOf({ checks, history, partitions }: Seen): PageVerdict {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length > 0) {
    const reasons = failed.map(({ name, reason }) => `${name}: ${reason}`).join(' · ');
    const trouble = failed.every(({ name }) => name === 'group') ? reasons : `${reasons}. ${NEXT}`;
    return { state: 'trouble', words: WORDS[failed[0]!.name] ?? 'Not ready', trouble };
  }
  const isBusy = scoredWithin(history, BUSY_SECONDS);
  if (!scoredWithin(history, WAITING_SECONDS) && partitions.some(({ lag }) => lag > 0)) return WAITING;
  return { state: isBusy ? 'busy' : 'idle', words: isBusy ? 'Scoring' : 'Idle', trouble: '' };
}
