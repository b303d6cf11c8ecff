// Looks at the running consumer every few seconds: where its partitions stand, and whether the engine would score now.
// What it saw stays until the next look, with its age: a Kafka that hangs shows as a sight that gets old.
import { messageOf } from '../core/errors.ts';
import type { PartitionView } from '../stream/consumer-view.ts';
import type { RunningConsumer } from '../stream/consumer.ts';

export type Watched = Pick<RunningConsumer, 'partitions' | 'identify'>;

export interface WatchedPartition extends PartitionView {
  /** How long records have waited here with none of them handled. */
  readonly stillMs: number;
}

const LOOK_EVERY_MS = 2_000;
/** A sight that is older says nothing about now. */
const FRESH_MS = 10_000;

/** Told when a peer ceases to answer, with the reason, and when it answers again, without one. */
export type TellOfPeer = (peer: 'Kafka' | 'the engine', trouble: string | undefined) => void;

/** The last answer to one question that is asked again and again. */
class Sight<T> {
  value: T | undefined;
  #seenAt = Number.NEGATIVE_INFINITY;
  #reason = 'not looked yet';
  #isLooking = false;
  #wasWell = true;
  readonly #now: () => number;
  readonly #changed: (trouble: string | undefined) => void;

  constructor(now: () => number, changed: (trouble: string | undefined) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  async look(ask: () => Promise<T>): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.value = await ask();
      this.#seenAt = this.#now();
      this.#reason = '';
    } catch (error) {
      this.#reason = messageOf(error);
    } finally {
      this.#isLooking = false;
    }
    const isWell = this.#reason === '';
    if (isWell !== this.#wasWell) this.#changed(isWell ? undefined : this.#reason);
    this.#wasWell = isWell;
  }

  /** Why there is no present answer; undefined where there is one. */
  get trouble(): string | undefined {
    if (this.#reason !== '') return this.#reason;
    const ageMs = this.#now() - this.#seenAt;
    return ageMs > FRESH_MS ? `no answer for ${Math.round(ageMs / 1000)} s` : undefined;
  }
}

export class ConsumerWatch {
  readonly #kafka: Sight<readonly WatchedPartition[]>;
  readonly #engine: Sight<{ readonly modelDigest: string }>;
  readonly #now: () => number;
  /** By partition: where it stood last, and since when. */
  readonly #stood = new Map<number, { readonly position: number; readonly since: number }>();
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** `now` is monotonic, in milliseconds. */
  constructor(now: () => number = () => performance.now(), tell: TellOfPeer = () => {}) {
    this.#now = now;
    const changed =
      (peer: Parameters<TellOfPeer>[0]) =>
      (trouble: string | undefined): void => {
        // A consumer that is being stopped answers nothing, and that is no trouble.
        if (!this.#isOver) tell(peer, trouble);
      };
    this.#kafka = new Sight(now, changed('Kafka'));
    this.#engine = new Sight(now, changed('the engine'));
  }

  /** From now on, until `stop`. */
  start(consumer: Watched): void {
    void this.look(consumer);
    this.#timer = setInterval(() => void this.look(consumer), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
  }

  async look(consumer: Watched): Promise<void> {
    await Promise.all([
      this.#kafka.look(async () => this.#compare(await consumer.partitions())),
      this.#engine.look(() => consumer.identify()),
    ]);
  }

  /** As last seen; empty before the first look. */
  get partitions(): readonly WatchedPartition[] {
    return this.#kafka.value ?? [];
  }

  get modelDigest(): string | undefined {
    return this.#engine.value?.modelDigest;
  }

  get kafkaTrouble(): string | undefined {
    return this.#kafka.trouble;
  }

  get engineTrouble(): string | undefined {
    return this.#engine.trouble;
  }

  #compare(views: readonly PartitionView[]): readonly WatchedPartition[] {
    const now = this.#now();
    return views.map((view) => {
      const stood = this.#stood.get(view.partition);
      const since = stood?.position === view.position && view.lag > 0 ? stood.since : now;
      this.#stood.set(view.partition, { position: view.position, since });
      return { ...view, stillMs: now - since };
    });
  }
}
