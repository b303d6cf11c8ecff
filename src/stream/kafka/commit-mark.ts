// Ties the outcomes of a Kafka transaction to the offset that it commits. The offset bears the Kafka transaction's name as its
// metadata; the last outcome in each topic bears a mark:
//
//   commit: <base> <name> <offset to continue from> <transactions topic> <group>
//   name = <who took the partition over>:<count>      base = the name at the offset when the partition was taken over
//
// A broker that stood still has been seen to keep the outcomes of a Kafka transaction and to forget its offset. The offset then
// bears the base still, or an earlier name of the same owner, and the mark says where to go on. Whoever moves the offset by hand
// clears its metadata: such an order is followed.
import { randomUUID } from 'node:crypto';

/** The name where nothing was ever committed. */
export const NEVER = 'never';
/** The name where something else than a Kafka transaction of ours committed: a person, say. */
export const NOBODY = 'nobody';

export interface CommittedOffset {
  readonly offset: number;
  /** The Kafka transaction that committed it. */
  readonly name: string;
}

export interface CommitMark {
  readonly base: string;
  readonly name: string;
  readonly next: number;
  readonly topic: string;
  readonly groupId: string;
}

export const COMMIT_HEADER = 'commit';

/** Names the Kafka transactions of one owner of a partition. */
export class CommitNames {
  readonly #base: string;
  readonly #owner = randomUUID();
  #count = 0;

  constructor(base: string) {
    this.#base = base;
  }

  next(): Pick<CommitMark, 'base' | 'name'> {
    this.#count++;
    return { base: this.#base, name: `${this.#owner}:${this.#count}` };
  }
}

export function commitHeader({ base, name, next, topic, groupId }: CommitMark): string {
  return [base, name, next, topic, groupId].join(' ');
}

/** Undefined where it is no mark. */
export function parseCommitHeader(text: string): CommitMark | undefined {
  const [base, name, next, topic, ...group] = text.split(' ');
  if (topic === undefined || group.length === 0 || !Number.isSafeInteger(Number(next))) return undefined;
  return { base: base!, name: name!, next: Number(next), topic, groupId: group.join(' ') };
}

/** Where to go on: at the committed offset, or behind the Kafka transaction whose offset was forgotten. `marks` are of its group. */
export function whereToGoOn({ offset, name }: CommittedOffset, marks: readonly CommitMark[]): number {
  if (name === NOBODY) return offset;
  const forgotten = marks.filter((mark) => mark.base === name || ownerOf(mark.name) === ownerOf(name));
  return Math.max(offset, ...forgotten.map(({ next }) => next));
}

const ownerOf = (name: string): string => name.split(':')[0]!;
