// A fraud score as it is published: JSON for people and jq, Avro single object for programs.
import { scoreJson } from './score-json.ts';
import { contractCodec } from './single-object.ts';

export interface FraudScore {
  readonly transactionId: string;
  /** The transaction's own time, in seconds. */
  readonly time: number;
  readonly amount: number;
  /** Probability of fraud, 0 to 1. */
  readonly score: number;
  readonly fraud: boolean;
  readonly threshold: number;
  /** How the score was made of scoreA and scoreB: average, champion or max. */
  readonly policy: string;
  readonly deviceA: string;
  readonly scoreA: number;
  readonly modelKeyA: string;
  readonly deviceB: string;
  readonly scoreB: number;
  readonly modelKeyB: string;
  /** |scoreA - scoreB|. */
  readonly disagreement: number;
  /** sha256 of the model; of A's and of B's, parted by a comma, where they differ. */
  readonly modelDigest: string;
  /** Earlier transactions that the score took into account. */
  readonly referenceCount: number;
  /** Such as the index still names and that are gone: expired, or deleted. */
  readonly referencesMissing: number;
  readonly sourceTopic: string;
  readonly sourcePartition: number;
  readonly sourceOffset: number;
  /** When the source record was written, milliseconds since 1970. */
  readonly sourceTimestamp: number;
  /** Milliseconds since 1970. */
  readonly scoredAt: number;
  readonly label: number | null;
}

export type ScoreFormat = 'json' | 'avro';

const codec = contractCodec('fraud-score');

/** The score's keys stand in the order of the interface: what a person looks for comes first. */
export function encodeFraudScore(score: FraudScore, format: ScoreFormat): Buffer {
  return format === 'avro' ? codec.encode(score) : Buffer.from(scoreJson(score));
}

/** Reads either form. @throws ContractError (Avro) or SyntaxError (JSON) */
export function decodeFraudScore(bytes: Buffer): FraudScore {
  return (bytes[0] === 0xc3 ? codec.decode(bytes) : JSON.parse(bytes.toString())) as FraudScore;
}
