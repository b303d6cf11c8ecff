// Consumers that all believe a partition to be their own, step by step; test/stream/simulation leaves it to chance.
import { describe, expect, it } from 'vitest';
import type { Passenger } from '../../../../src/stream/decode.ts';
import { EngineUnavailable, type Engine } from '../../../../src/stream/engine/engine.ts';
import { KeyList } from '../../../../src/stream/engine/key-list.ts';
import type { BatchView } from '../../../../src/stream/history/batch-view.ts';
import { HistoryKeys } from '../../../../src/stream/history/history-keys.ts';
import { PartitionHistory } from '../../../../src/stream/history/partition-history.ts';
import { Retention } from '../../../../src/stream/history/retention.ts';
import type { Outcome } from '../../../../src/stream/outcome.ts';
import { commandsOf, SimulatedStore } from '../../../stream/simulation/store.ts';

const KEYS = new HistoryKeys('tag', { topic: 'transactions', partition: 0 });

/** The transactions from offset `from` to before `to`. */
function transactions(from: number, to: number): readonly Passenger[] {
  return Array.from({ length: to - from }, (_, index) => {
    const offset = from + index;
    const record = { topic: 'transactions', partition: 0, offset, timestamp: offset, key: null, value: null };
    const transaction = {
      ...{ transactionId: `t-${offset}`, time: offset, amount: 0, label: null, entity: undefined },
      features: new Float32Array(30),
    };
    return { record, transaction };
  });
}

const recordsOf = (some: readonly Passenger[]): Passenger['record'][] => some.map(({ record }) => record);

class Stage {
  readonly store = new SimulatedStore();

  /** One that begins to work, or works beside others; `before` each of its requests something may happen. */
  consumer(before: (commands: string) => Promise<void> | void = () => {}): PartitionHistory {
    const connection = this.store.connect();
    const engine = {
      connection: 1,
      send: async (commands: string) => {
        await before(commands);
        return commandsOf(commands).map((words) => connection.execute(words));
      },
    } as unknown as Engine;
    const retention = new Retention({ recordsMax: 1_000, ageMsMax: undefined, entityField: undefined });
    const options = { isByEntity: false, windowSeconds: 1_000, referencesMax: 10 };
    return new PartitionHistory({ engine, keys: KEYS, group: 'group', retention, ...options });
  }

  /** Offsets that can be looked up. */
  get indexed(): readonly number[] {
    return this.store.ordered(KEYS.set(undefined)).map(([, time]) => time);
  }

  /** What nothing leads to, so that nobody will ever remove it. */
  get hashesWithoutEntry(): readonly string[] {
    const named = new Set(
      KEYS.entriesOf(this.store.ordered(KEYS.order).map(([entry]) => Buffer.from(entry))).map((one) =>
        KEYS.reference(one),
      ),
    );
    return [...this.store.hashes].filter((key) => !named.has(key));
  }

  get membersWithoutHash(): readonly string[] {
    return this.store.ordered(KEYS.set(undefined)).flatMap(([key]) => (this.store.hashes.has(key) ? [] : [key]));
  }
}

/** As LiveHistory takes over a partition whose transactions were all scored. */
async function takeOver(history: PartitionHistory, position: number): Promise<void> {
  const missing = await history.begin(position);
  if (missing === undefined) return;
  const scored = transactions(missing.from, position);
  await history.restore(missing, recordsOf(scored), scored, position);
}

async function lookAt(history: PartitionHistory, some: readonly Passenger[]): Promise<BatchView> {
  const view = history.view(recordsOf(some), some);
  await view.referenceKeys(some, 1, (short) => Promise.resolve(short.map(() => KeyList.NONE)));
  return view;
}

const scoresOf = (some: readonly Passenger[]): readonly Outcome[] =>
  some.map(({ record }) => ({ kind: 'score', record, score: {} }) as Outcome);

describe('the history of a partition that several believe to be their own', () => {
  it('counts nothing as written that an older owner removes late', async () => {
    const stage = new Stage();
    await takeOver(stage.consumer(), 4);
    stage.store.sets.delete(KEYS.mark);
    let goOn = (): void => {};
    const stoodStill = new Promise<void>((resolve) => (goOn = resolve));
    const removing = stage.consumer((commands) => (commands.includes('ZREM') ? stoodStill : undefined)).begin(4);
    await new Promise(setImmediate);

    const successor = stage.consumer();
    const missing = (await successor.begin(4))!;
    const [early, late] = [transactions(0, 3), transactions(3, 4)];
    await successor.restore(missing, recordsOf(early), early, 3);
    goOn();
    await removing;
    await expect(successor.restore(missing, recordsOf(late), late, 4)).rejects.toThrow(EngineUnavailable);

    await takeOver(successor, 4);
    expect(stage.indexed).toEqual([0, 1, 2, 3]);
    expect(stage.membersWithoutHash).toEqual([]);
  });

  it('does not reach to where an older owner writes late, behind the loss of what that stood on', async () => {
    const stage = new Stage();
    const owner = stage.consumer();
    await takeOver(owner, 4);
    const batch = transactions(4, 6);
    await lookAt(owner, batch);
    stage.store.clear();
    await stage.consumer().begin(6);
    owner.published(scoresOf(batch), 6);
    await new Promise(setImmediate);

    expect(await stage.consumer().begin(6)).toMatchObject({ from: 0 });
  });

  it('does not hold what lost its hash between the look and the writing, though the history reaches as far as before', async () => {
    const stage = new Stage();
    const owner = stage.consumer();
    await takeOver(owner, 4);
    const batch = transactions(4, 6);
    await lookAt(owner, batch);
    stage.store.clear();
    await takeOver(stage.consumer(), 4);
    await takeOver(owner, 4);
    owner.published(scoresOf(batch), 6);
    await new Promise(setImmediate);

    expect(stage.membersWithoutHash).toEqual([]);
    await takeOver(stage.consumer(), 6);
    expect(stage.indexed).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('ends the look of a batch where it was begun anew and written again meanwhile', async () => {
    const stage = new Stage();
    const owner = stage.consumer();
    await takeOver(owner, 4);
    const view = await lookAt(owner, transactions(4, 6));
    stage.store.clear();
    await takeOver(stage.consumer(), 4);

    await expect(view.past.confirm(1)).rejects.toThrow('reaches to 4');
  });

  it('leaves no hash behind where the engine comes back as it was in the middle of a batch, longer ago than history is kept', async () => {
    const stage = new Stage();
    const owner = stage.consumer();
    await takeOver(owner, 4);
    await lookAt(owner, transactions(4, 6));
    await takeOver(stage.consumer(), 5_000);

    expect(stage.indexed).toEqual(Array.from({ length: 1_000 }, (_, index) => 4_000 + index));
    expect(stage.hashesWithoutEntry).toEqual([]);
  });

  it('leaves no hash behind of what became a dead letter, where the outcome was never told to the engine', async () => {
    const stage = new Stage();
    const owner = stage.consumer();
    await takeOver(owner, 4);
    await lookAt(owner, transactions(4, 6));
    const successor = stage.consumer();
    const missing = (await successor.begin(6))!;
    const scored = transactions(5, 6);
    await successor.restore(missing, recordsOf(transactions(4, 6)), scored, 6);

    expect(stage.indexed).toEqual([0, 1, 2, 3, 5]);
    expect(stage.hashesWithoutEntry).toEqual([]);
  });
});
