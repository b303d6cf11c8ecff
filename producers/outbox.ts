// Between the rows of a replay and the broker: what gathers while one batch is on its way is the next batch.
// One batch is in flight at any time, because kafkajs loses records of an idempotent producer that sends concurrently.

export interface OutboxLimits {
  readonly batchRecordsMax: number;
  readonly batchBytesMax: number;
}

interface Sized {
  readonly value: Buffer;
}

export class Outbox<Item extends Sized> {
  readonly #send: (batch: readonly Item[]) => Promise<void>;
  readonly #limits: OutboxLimits;
  #gathering: Item[] = [];
  #gatheringBytes = 0;
  readonly #waitingForRoom: (() => void)[] = [];
  #sending: Promise<void> | undefined;
  #failure: { readonly cause: unknown } | undefined;

  constructor(send: (batch: readonly Item[]) => Promise<void>, limits: OutboxLimits) {
    this.#send = send;
    this.#limits = limits;
  }

  /** Resolves when there is room for another item. Rejects with what `send` rejected with, for an earlier item. */
  async add(item: Item): Promise<void> {
    this.#throwFailure();
    this.#gathering.push(item);
    this.#gatheringBytes += item.value.length;
    this.#sending ??= this.#sendWhatGathers();
    if (this.#full()) await new Promise<void>((resolve) => this.#waitingForRoom.push(resolve));
  }

  /** Resolves when everything added has been sent. */
  async drain(): Promise<void> {
    await this.#sending;
    this.#throwFailure();
  }

  #full(): boolean {
    return this.#gathering.length >= this.#limits.batchRecordsMax || this.#gatheringBytes >= this.#limits.batchBytesMax;
  }

  /** Never rejects: the failure is kept for whoever adds or drains next. */
  async #sendWhatGathers(): Promise<void> {
    try {
      // Rows that are there already arrive before the next turn of the event loop: they go together.
      await new Promise(setImmediate);
      while (this.#gathering.length > 0) {
        await this.#send(this.#take());
      }
    } catch (cause) {
      this.#failure = { cause };
      this.#take();
    } finally {
      this.#sending = undefined;
    }
  }

  #take(): readonly Item[] {
    const batch = this.#gathering;
    this.#gathering = [];
    this.#gatheringBytes = 0;
    for (const goOn of this.#waitingForRoom.splice(0)) goOn();
    return batch;
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }
}
