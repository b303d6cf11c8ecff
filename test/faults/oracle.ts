// Judges what came out against what went in, joined by source position: topic, partition, offset of the transaction.
import type { OutputRecord } from './rig/console-record.ts';

export interface InputRecord {
  readonly partition: number;
  readonly offset: number;
  readonly value: Buffer | null;
}

/** What has to become of one input. */
export type Expectation =
  | {
      readonly kind: 'score';
      readonly transactionId: string;
      readonly score: number;
      readonly scoreA: number;
      readonly scoreB: number;
      readonly referenceCount: number;
      readonly referencesMissing: number;
    }
  /** One of several classes, where the fault decides which. */
  | { readonly kind: 'dead-letter'; readonly errorClasses: readonly string[] };

export interface Verdict {
  readonly records: number;
  readonly scores: number;
  readonly deadLetters: number;
  /** Inputs that nothing came of. */
  readonly lost: number;
  /** Outcomes beyond the first of an input. */
  readonly duplicate: number;
  /** Outcomes that stand behind one of a later input of the same partition. */
  readonly misordered: number;
  /** Outcomes that differ from what was computed independently, or belong to no input. */
  readonly wrong: number;
  /** The first few of each kind, in words. */
  readonly examples: readonly string[];
}

const TOLERANCE = 1e-6;
const EXAMPLES_MAX = 5;

export function judge(
  topic: string,
  inputs: readonly InputRecord[],
  outputs: readonly OutputRecord[],
  expectationOf: (input: InputRecord) => Expectation,
): Verdict {
  const findings = new Findings();
  const byPosition = groupBySource(topic, outputs, findings);
  for (const input of inputs) {
    const place = positionKey(input.partition, input.offset);
    const outcomes = byPosition.get(place) ?? [];
    byPosition.delete(place);
    if (outcomes.length === 0) findings.add('lost', place);
    outcomes.slice(1).forEach(() => findings.add('duplicate', place));
    for (const outcome of outcomes) {
      const fault = differenceOf(outcome, input, expectationOf(input));
      if (fault !== undefined) findings.add('wrong', `${place}: ${fault}`);
    }
  }
  for (const [place, outcomes] of byPosition) {
    outcomes.forEach(() => findings.add('wrong', `${place}: no such input`));
  }
  findMisordered(outputs, findings);
  return {
    records: inputs.length,
    scores: outputs.filter(({ kind }) => kind === 'score').length,
    deadLetters: outputs.filter(({ kind }) => kind === 'dead-letter').length,
    ...findings.counts,
    examples: findings.examples,
  };
}

type Finding = 'lost' | 'duplicate' | 'misordered' | 'wrong';

class Findings {
  readonly counts: Record<Finding, number> = { lost: 0, duplicate: 0, misordered: 0, wrong: 0 };
  readonly examples: string[] = [];

  add(finding: Finding, words: string): void {
    this.counts[finding] += 1;
    if (this.counts[finding] <= EXAMPLES_MAX) this.examples.push(`${finding} ${words}`);
  }
}

const positionKey = (partition: number, offset: number): string => `${partition}:${offset}`;

export function sourceOf(output: OutputRecord): { topic: string; partition: number; offset: number } {
  if (output.kind === 'score') {
    const { sourceTopic, sourcePartition, sourceOffset } = output.score;
    return { topic: sourceTopic, partition: sourcePartition, offset: sourceOffset };
  }
  const { sourceTopic, sourcePartition, sourceOffset } = output.letter;
  return { topic: sourceTopic, partition: sourcePartition, offset: Number(sourceOffset) };
}

function groupBySource(
  topic: string,
  outputs: readonly OutputRecord[],
  findings: Findings,
): Map<string, OutputRecord[]> {
  const groups = new Map<string, OutputRecord[]>();
  for (const output of outputs) {
    const source = sourceOf(output);
    const place = positionKey(source.partition, source.offset);
    if (source.topic !== topic) findings.add('wrong', `${place}: of the topic ${source.topic}`);
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [output]);
    else group.push(output);
  }
  return groups;
}

/** Within one output partition of one kind, in the order of its own offsets, sources must only ever rise. */
function findMisordered(outputs: readonly OutputRecord[], findings: Findings): void {
  const latest = new Map<string, number>();
  for (const output of outputs.toSorted((a, b) => a.offset - b.offset)) {
    const { partition, offset } = sourceOf(output);
    if (partition !== output.partition) {
      findings.add('misordered', `${partition}:${offset} came out on partition ${output.partition}`);
    }
    const lane = `${output.kind} ${output.partition}`;
    const before = latest.get(lane) ?? -1;
    if (offset < before) findings.add('misordered', `${partition}:${offset} behind ${before}`);
    latest.set(lane, Math.max(before, offset));
  }
}

function differenceOf(output: OutputRecord, input: InputRecord, expected: Expectation): string | undefined {
  if (output.kind !== expected.kind) return `a ${output.kind}, expected a ${expected.kind}`;
  return output.kind === 'score'
    ? differenceOfScore(output.score, expected as Extract<Expectation, { kind: 'score' }>)
    : differenceOfLetter(output, input, expected as Extract<Expectation, { kind: 'dead-letter' }>);
}

function differenceOfScore(
  actual: Extract<OutputRecord, { kind: 'score' }>['score'],
  expected: Extract<Expectation, { kind: 'score' }>,
): string | undefined {
  if (actual.transactionId !== expected.transactionId) return `id ${actual.transactionId}`;
  if (actual.referenceCount !== expected.referenceCount) return `${actual.referenceCount} references`;
  if (actual.referencesMissing !== expected.referencesMissing) return `${actual.referencesMissing} references missing`;
  for (const field of ['score', 'scoreA', 'scoreB'] as const) {
    const difference = Math.abs(actual[field] - expected[field]);
    // Written so that NaN is a difference too.
    if (!(difference <= TOLERANCE)) return `${field} ${actual[field]}, expected ${expected[field]}`;
  }
  return undefined;
}

function differenceOfLetter(
  { letter, payload }: Extract<OutputRecord, { kind: 'dead-letter' }>,
  { value }: InputRecord,
  { errorClasses }: Extract<Expectation, { kind: 'dead-letter' }>,
): string | undefined {
  if (!errorClasses.includes(letter.errorClass))
    return `class ${letter.errorClass}, expected ${errorClasses.join(' or ')}`;
  const original = value ?? NULL_AS_PRINTED;
  const whole = letter.payloadTruncated ? original.subarray(0, payload.length) : original;
  return payload.equals(whole) ? undefined : 'its payload is not that of the input';
}

/** How the console consumer shows a record without a value. */
const NULL_AS_PRINTED = Buffer.from('null');
