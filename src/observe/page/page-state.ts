// What the page says in one word about the stream. Nothing here touches the document.
import type { Snapshot } from '../live/snapshot.ts';

export interface PageVerdict {
  readonly state: 'busy' | 'idle' | 'trouble';
  readonly words: string;
  /** What a person should know, empty where all is well. */
  readonly trouble: string;
}

/** A second without traffic is no silence yet. */
const BUSY_SECONDS = 3;

const WORDS: Readonly<Record<string, string>> = {
  engine: 'Engine down',
  kafka: 'Kafka down',
  group: 'Joining',
  progress: 'Stuck',
};

/** Where a consumer waits for a peer or for a person, that is what one wants to know first. */
const NEXT = 'Nothing is lost: what comes in waits. fraudstream doctor says what mends it.';

export function verdictOf({ checks, history }: Pick<Snapshot, 'checks' | 'history'>): PageVerdict {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length > 0) {
    const reasons = failed.map(({ name, reason }) => `${name}: ${reason}`).join(' · ');
    const trouble = failed.every(({ name }) => name === 'group') ? reasons : `${reasons}. ${NEXT}`;
    return { state: 'trouble', words: WORDS[failed[0]!.name] ?? 'Not ready', trouble };
  }
  const isBusy = history.scored.slice(-BUSY_SECONDS).some((scored) => scored > 0);
  return { state: isBusy ? 'busy' : 'idle', words: isBusy ? 'Scoring' : 'Idle', trouble: '' };
}
