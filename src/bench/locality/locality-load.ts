// The loads of the locality bench: every way to a score, by references, distance and how many go together.

export type Way = 'client' | 'dag';

export interface LocalityLoad {
  /** References of each transaction; each is a hash of thirty numbers. */
  readonly references: number;
  /** Added to every round trip. */
  readonly delayMs: number;
  /** Transactions that go together: their questions in one write. */
  readonly together: number;
}

export const WAYS = ['client', 'dag'] as const satisfies readonly Way[];
export const REFERENCE_COUNTS = [0, 1, 5, 10] as const;
export const DELAYS_MS = [0, 0.2, 1, 5] as const;
/** One at a time, and as many as the consumer writes in one piece. */
export const TOGETHER = [1, 64] as const;

/** In the order in which a round takes them; both ways of a load stand side by side. */
export const LOCALITY_LOADS: readonly LocalityLoad[] = TOGETHER.flatMap((together) =>
  DELAYS_MS.flatMap((delayMs) => REFERENCE_COUNTS.map((references) => ({ references, delayMs, together }))),
);

export function loadName({ references, delayMs, together }: LocalityLoad): string {
  const many = together === 1 ? 'one at a time' : `${together} together`;
  return `${many}, ${references} ${references === 1 ? 'reference' : 'references'}, +${delayMs} ms`;
}
