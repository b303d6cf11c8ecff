// DAGs on their way to the engine: in pieces, each one write and its replies, and no more in flight than the bound lets go.
// Batches go in their order, so that the first of several partitions is done first.
import type { InFlightBound } from './in-flight-bound.ts';
import type { Reply } from './reply.ts';

/** DAGs written to the socket at once: some 50 KB, less than an engine reads at once. */
const PIECE_DAGS_MAX = 64;
/** The engine works on one piece while others are on their way. */
const PIECES_IN_FLIGHT = 4;

interface Batch<Dag> {
  readonly dags: readonly Dag[];
  /** By piece. */
  readonly replies: (readonly Reply[])[];
  readonly resolve: (replies: readonly Reply[]) => void;
  sent: number;
  finished: number;
  pieces: number;
}

export class DagQueue<Dag> {
  readonly #bound: InFlightBound;
  readonly #send: (dags: readonly Dag[]) => Promise<readonly Reply[]>;
  readonly #waiting: Batch<Dag>[] = [];
  #inFlight = 0;

  /** `send` brings a reply for each DAG and never rejects. */
  constructor(bound: InFlightBound, send: (dags: readonly Dag[]) => Promise<readonly Reply[]>) {
    this.#bound = bound;
    this.#send = send;
  }

  /** A reply for each DAG, in their order; never a rejection. */
  run(dags: readonly Dag[]): Promise<readonly Reply[]> {
    if (dags.length === 0) return Promise.resolve([]);
    return new Promise((resolve) => {
      this.#waiting.push({ dags, replies: [], resolve, sent: 0, finished: 0, pieces: 0 });
      this.#sendMore();
    });
  }

  #sendMore(): void {
    const { current } = this.#bound;
    const pieceDags = Math.min(PIECE_DAGS_MAX, Math.ceil(current / PIECES_IN_FLIGHT));
    for (let batch = this.#waiting[0]; batch !== undefined; batch = this.#waiting[0]) {
      const piece = batch.dags.slice(batch.sent, batch.sent + pieceDags);
      if (this.#inFlight + piece.length > current) {
        this.#bound.waiting();
        return;
      }
      batch.sent += piece.length;
      if (batch.sent === batch.dags.length) this.#waiting.shift();
      void this.#run(piece, batch);
    }
  }

  async #run(piece: readonly Dag[], batch: Batch<Dag>): Promise<void> {
    const index = batch.pieces++;
    this.#inFlight += piece.length;
    batch.replies[index] = await this.#send(piece);
    this.#inFlight -= piece.length;
    batch.finished += piece.length;
    if (batch.finished === batch.dags.length) batch.resolve(batch.replies.flat());
    this.#bound.finished(piece.length, this.#inFlight);
    this.#sendMore();
  }
}
