// Synthetic card transactions in the ULB schema, drawn from aggregate figures of the real set: same seed, same bytes.
import type { Writable } from 'node:stream';
import { once } from 'node:events';
import { FEATURE_NAMES } from '../src/contracts/features.ts';
import { CardHabits } from './card-habits.ts';
import type { NormalDraws } from './card-habits.ts';
import { Copula } from './copula.ts';
import type { Marginal } from './marginal.ts';
import { logAmountMarginal, quantileMarginal } from './marginal.ts';
import { Random } from './random.ts';
import type { ClassStatistics } from './ulb-statistics.ts';
import { ARRIVALS_PER_SECOND, BURSTS, FRAUD, FRAUD_RATE, FRAUD_RATE_BY_HOUR, GENUINE } from './ulb-statistics.ts';

export const CSV_HEADER = [...FEATURE_NAMES, 'Class'].join(',');

export interface SynthesizeOptions {
  readonly rows: number;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Share of frauds over a whole day, 0..1, as far as it is small; by default that of the ULB set. Hours differ as they do there. */
  readonly fraudRate?: number | undefined;
  /** Time of the first second, in seconds since a midnight. */
  readonly start?: number | undefined;
  /** Cards that the rows are spread over: rows of one card resemble each other. Without it every row stands by itself. */
  readonly cards?: number | undefined;
}

const HOUR_SECONDS = 3600;
const PERIOD_SECONDS = ARRIVALS_PER_SECOND.length * HOUR_SECONDS;
const V_DECIMALS = 6;
const MEAN_FRAUD_RATE = dailyMean(FRAUD_RATE_BY_HOUR);

/** Lines of a CSV with their line ends, the header first. */
export function* synthesize(options: SynthesizeOptions): Generator<string> {
  const { rows, seed, fraudRate = FRAUD_RATE, start = 0, cards } = options;
  const random = new Random(seed);
  const habits = cards === undefined ? undefined : new CardHabits(cards, seed, random);
  const classes = [new ClassSource(GENUINE, '0', random), new ClassSource(FRAUD, '1', random)] as const;
  yield `${CSV_HEADER}\n`;
  let made = 0;
  for (let time = start; made < rows; time++) {
    const fraudShare = fraudShareAt(time, fraudRate);
    for (let arrivals = arrivalsIn(time, random); arrivals > 0 && made < rows; arrivals--) {
      const label = random.uniform() < fraudShare ? 1 : 0;
      const source = classes[label];
      const line = source.draw(time, habits?.ofSomeCard(label) ?? random);
      for (let copies = source.copies(); copies > 0 && made < rows; copies--, made++) yield line;
    }
  }
}

/** Writes the lines at the pace `out` takes them; returns their number. */
export async function writeLines(lines: Iterable<string>, out: Writable): Promise<number> {
  let count = 0;
  let block = '';
  for (const line of lines) {
    count += 1;
    block += line;
    if (block.length < BLOCK_CHARS) continue;
    if (!out.write(block)) await once(out, 'drain');
    block = '';
  }
  out.write(block);
  return count;
}
const BLOCK_CHARS = 64 * 1024;

/** Draws rows of one class. */
class ClassSource {
  readonly #random: Random;
  readonly #time: Marginal;
  readonly #columns: readonly Marginal[];
  readonly #logAmount: Marginal;
  readonly #copula: Copula;
  readonly #scores = new Float64Array(FEATURE_NAMES.length - 1);
  readonly #repeatedShare: number;
  readonly #label: string;

  constructor(statistics: ClassStatistics, label: string, random: Random) {
    this.#random = random;
    this.#time = quantileMarginal(statistics.quantiles['Time']!);
    this.#columns = FEATURE_NAMES.slice(1, -1).map((column) => quantileMarginal(statistics.quantiles[column]!));
    this.#logAmount = logAmountMarginal(statistics);
    this.#copula = new Copula(statistics.rankCorrelations);
    this.#repeatedShare = statistics.repeatedShare;
    this.#label = label;
  }

  /** A row at that time, as a line. */
  draw(time: number, draws: NormalDraws): string {
    this.#copula.draw(this.#time.scoreOf(time % PERIOD_SECONDS), draws, this.#scores);
    let line = `${time}`;
    for (let v = 0; v < this.#columns.length; v++) {
      line += `,${this.#columns[v]!.valueOf(this.#scores[v]!).toFixed(V_DECIMALS)}`;
    }
    const amount = Math.expm1(this.#logAmount.valueOf(this.#scores[this.#columns.length]!));
    return `${line},${Math.round(amount * 100) / 100},${this.#label}\n`;
  }

  /** How often the row drawn last stands in the file. */
  copies(): number {
    return this.#random.uniform() < this.#repeatedShare ? 2 : 1;
  }
}

function arrivalsIn(time: number, random: Random): number {
  const burstMean = (BURSTS.perSecond * (BURSTS.rowsMin + BURSTS.rowsMax)) / 2;
  const steady = random.poisson(ARRIVALS_PER_SECOND[hourOf(time)]! - burstMean);
  return random.uniform() < BURSTS.perSecond ? steady + random.whole(BURSTS.rowsMin, BURSTS.rowsMax) : steady;
}

/** The odds of a fraud differ from hour to hour as they do in the ULB set, so that any rate gives a share below 1. */
function fraudShareAt(time: number, fraudRate: number): number {
  const weight = (fraudRate * FRAUD_RATE_BY_HOUR[hourOf(time) % 24]!) / MEAN_FRAUD_RATE;
  return weight / (1 - fraudRate + weight);
}

const hourOf = (time: number): number => Math.floor(time / HOUR_SECONDS) % ARRIVALS_PER_SECOND.length;

/** Mean of a share by hour of the day, each hour weighing as many rows as it has. */
function dailyMean(byHour: readonly number[]): number {
  const rows = ARRIVALS_PER_SECOND.reduce((sum, perSecond) => sum + perSecond, 0);
  return ARRIVALS_PER_SECOND.reduce((sum, perSecond, hour) => sum + perSecond * byHour[hour % 24]!, 0) / rows;
}
