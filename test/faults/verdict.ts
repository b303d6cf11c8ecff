// The end of every row: consumers stopped, everything read again, judged, and nothing left open at the broker.
import { judge, type Expectation, type InputRecord, type Verdict } from './oracle.ts';
import type { OutputRecord } from './rig/console-record.ts';
import { REFERENCES } from './rig/engine-process.ts';
import { openTransactions } from './rig/open-transactions.ts';
import type { Stage } from './rig/stage.ts';
import { Rescorer } from './rescore.ts';
import type { Check, RowResult } from './row.ts';

type Expected = ReadonlyMap<InputRecord, Expectation>;

export interface RowEnd {
  readonly faults: number;
  readonly recoveryMs?: readonly number[];
  /** Inputs for which another outcome is right than their score. */
  readonly exceptions?: (input: InputRecord) => Expectation | undefined;
  /** What has to become of all other inputs; where not told, the score with the provisioned references. */
  readonly expectations?: (inputs: readonly InputRecord[]) => Promise<Expected>;
  /** Reference keys that were gone all the time. */
  readonly expired?: ReadonlySet<string>;
  readonly checks?: readonly Check[];
  readonly notes?: readonly string[];
}

/** Waits until everything is out, then judges it. */
export async function finish(stage: Stage, end: RowEnd): Promise<RowResult> {
  const waited = await stage.untilDone().then(
    () => [],
    (error: unknown) => [{ words: (error as Error).message, holds: false }],
  );
  await stage.stopConsumers();
  const open = await openTransactions(stage.rig.kafka, stage.group);
  const again = await stage.readAgain();
  await stage.reader.stop();
  const verdict = await judgeStage(stage, stage.feed.sent, again, end);
  const ownEnds = stage.consumers.flatMap((consumer) => consumer.ownEnds);
  const { records, lost, duplicate, misordered, wrong } = verdict;
  return {
    ...{ faults: end.faults, records, lost, duplicate, misordered, wrong },
    recoveryMs: end.recoveryMs ?? [],
    checks: [
      ...waited,
      {
        words: 'a reader during the faults and one afterwards see the same',
        holds: sameRecords(stage.outcomes, again),
      },
      { words: `no Kafka transaction is left open (${open.join(', ') || 'none'})`, holds: open.length === 0 },
      ...(end.checks ?? []),
    ],
    notes: [
      `${verdict.scores} scores, ${verdict.deadLetters} dead letters`,
      ...(ownEnds.length > 0 ? [`${ownEnds.length} times a consumer ended by itself and was started again`] : []),
      ...verdict.examples,
      ...(end.notes ?? []),
    ],
  };
}

/** Against scores computed anew, but for inputs that `exceptions` knows. */
export async function judgeStage(
  stage: Stage,
  inputs: readonly InputRecord[],
  outputs: readonly OutputRecord[],
  end: Pick<RowEnd, 'exceptions' | 'expectations' | 'expired'> = {},
): Promise<Verdict> {
  const { exceptions = () => undefined, expired = new Set<string>() } = end;
  const expectations =
    end.expectations ?? ((some: readonly InputRecord[]): Promise<Expected> => rescored(stage, some, expired));
  const expected = await expectations(inputs.filter((input) => exceptions(input) === undefined));
  return judge(stage.transactions, inputs, outputs, (input) => exceptions(input) ?? expected.get(input)!);
}

async function rescored(stage: Stage, inputs: readonly InputRecord[], expired: ReadonlySet<string>): Promise<Expected> {
  const rescorer = new Rescorer(stage.rig.engine.url, REFERENCES, expired);
  const expected = await rescorer.expectations(inputs);
  rescorer.close();
  return expected;
}

function sameRecords(during: readonly OutputRecord[], afterwards: readonly OutputRecord[]): boolean {
  const places = (records: readonly OutputRecord[]): string[] =>
    records.map((record) => `${record.kind} ${record.partition} ${record.offset}`).sort();
  return places(during).join() === places(afterwards).join();
}
