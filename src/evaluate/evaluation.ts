// Takes scores one at a time in bounded memory, and turns them into the figures of an evaluation whenever asked.
import { scrubForeign } from '../core/card-numbers.ts';
import { Latency } from '../telemetry/latency.ts';
import { stabilityIndex, type ReferenceHistogram } from '../observe/drift.ts';
import { Tally } from '../observe/tally.ts';
import { LatencyHistogram } from './histogram.ts';
import { LabelledScores, type RankedScores } from './labelled-scores.ts';
import { qualityOf, type Quality } from './quality.ts';
import { sourceOf, type ScoredTransaction } from './scored-transaction.ts';

export interface EvaluationOptions {
  /** In place of the threshold that the scores name. */
  readonly threshold?: number | undefined;
  /** Where the model's scores fell when it was made; without it there is no drift to tell. */
  readonly reference?: ModelReference | undefined;
}

export interface ModelReference extends ReferenceHistogram {
  /** sha256 of the model in each of its formats. */
  readonly digests: readonly string[];
}

export interface EvaluationReport {
  /** All scores, each once. */
  readonly scores: number;
  readonly labelled: number;
  /** Labelled scores too old to be held, which the figures leave out. */
  readonly forgotten: number;
  /** Scores of a transaction that the same model had scored before. */
  readonly duplicates: number;
  /** Values that are no score. */
  readonly unreadable: number;
  /** By digest, how many scores it gave; '' where a score names none. */
  readonly models: Readonly<Record<string, number>>;
  readonly thresholds: readonly number[];
  readonly quality: Quality;
  /** Population stability index; undefined where too few scores are of the model that has a reference. */
  readonly psi: number | undefined;
  /** From the record's timestamp to the score; undefined where the scores do not say. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number } | undefined;
  /** When the first and the last score were made, milliseconds since 1970; undefined where they do not say. */
  readonly scoredBetween: readonly [number, number] | undefined;
  /** Scores a second between the first and the last; undefined where they do not say. */
  readonly ratePerSecond: number | undefined;
}

/** So many models, thresholds and source partitions are told apart; what comes beyond is not listed. */
const KINDS_MAX = 1000;
const DEFAULT_THRESHOLD = 0.5;

export class Evaluation {
  readonly latencies = new LatencyHistogram();
  readonly #options: EvaluationOptions;
  readonly #labelled = new LabelledScores();
  readonly #latency = new Latency();
  readonly #models = new Map<string, number>();
  readonly #thresholds = new Map<number, number>();
  /** By source, the offset of the newest transaction that was scored. */
  readonly #newest = new Map<string, number>();
  readonly #drifting: Tally;
  #scores = 0;
  #duplicates = 0;
  #unreadable = 0;
  #firstAt = Infinity;
  #lastAt = -Infinity;

  constructor(options: EvaluationOptions = {}) {
    this.#options = options;
    this.#drifting = new Tally(options.reference?.bounds ?? []);
  }

  add(scored: ScoredTransaction): void {
    if (this.#isRepeated(scored)) {
      this.#duplicates += 1;
      return;
    }
    const { score, label, threshold, modelDigest = '' } = scored;
    this.#scores += 1;
    if (label === 0 || label === 1) this.#labelled.add(score, label === 1);
    count(this.#models, modelDigest);
    if (threshold !== undefined) count(this.#thresholds, threshold);
    const { reference } = this.#options;
    if (reference?.digests.includes(modelDigest) === true) this.#drifting.observe(score);
    this.#time(scored);
  }

  addUnreadable(): void {
    this.#unreadable += 1;
  }

  get scores(): number {
    return this.#scores;
  }

  ranked(): RankedScores {
    return this.#labelled.ranked();
  }

  report(ranked: RankedScores = this.ranked()): EvaluationReport {
    const { reference } = this.#options;
    const seconds = (this.#lastAt - this.#firstAt) / 1000;
    return {
      scores: this.#scores,
      labelled: this.#labelled.count + this.#labelled.forgotten,
      forgotten: this.#labelled.forgotten,
      duplicates: this.#duplicates,
      unreadable: this.#unreadable,
      // Whoever wrote the scores named them.
      models: Object.fromEntries([...this.#models].map(([digest, scores]) => [scrubForeign(digest), scores])),
      thresholds: [...this.#thresholds.keys()],
      quality: qualityOf(ranked, this.#threshold()),
      psi: reference === undefined ? undefined : stabilityIndex(reference, this.#drifting.counts),
      latencyMs: this.#latencies(),
      scoredBetween: seconds >= 0 ? [this.#firstAt, this.#lastAt] : undefined,
      ratePerSecond: seconds > 0 ? (this.#scores - 1) / seconds : undefined,
    };
  }

  /** The one given, else the one that most scores name. */
  #threshold(): number {
    const [most] = [...this.#thresholds].sort(([, a], [, b]) => b - a);
    return this.#options.threshold ?? most?.[0] ?? DEFAULT_THRESHOLD;
  }

  /** A partition is scored in order of its offsets: what is not above the newest was scored before. */
  #isRepeated(scored: ScoredTransaction): boolean {
    const source = sourceOf(scored);
    if (source === undefined || scored.sourceOffset === undefined) return false;
    if (scored.sourceOffset <= (this.#newest.get(source) ?? -1)) return true;
    if (this.#newest.size < KINDS_MAX || this.#newest.has(source)) this.#newest.set(source, scored.sourceOffset);
    return false;
  }

  #time({ scoredAt, sourceTimestamp }: ScoredTransaction): void {
    if (scoredAt === undefined) return;
    this.#firstAt = Math.min(this.#firstAt, scoredAt);
    this.#lastAt = Math.max(this.#lastAt, scoredAt);
    if (sourceTimestamp === undefined) return;
    this.#latency.recordMs(scoredAt - sourceTimestamp);
    this.latencies.recordMs(scoredAt - sourceTimestamp);
  }

  #latencies(): EvaluationReport['latencyMs'] {
    const at = (percent: number): number => this.#latency.percentileMs(percent) ?? 0;
    return this.#latency.count === 0 ? undefined : { p50: at(50), p99: at(99), max: at(100) };
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  if (counts.size < KINDS_MAX || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
}
