// The order that keeps exactly once, with one step of it left out or moved: the simulation has to notice each.
import type { BatchWriter } from '../../../src/stream/partition-log.ts';
import type { Spoil } from './world.ts';

export interface Mutant {
  readonly what: string;
  readonly spoil: Spoil;
}

const readBeforeFence: Spoil = (log) => {
  let position = 0;
  return {
    ...ofLog(log),
    fence: async (partition) => {
      position = await log.position(partition);
      return log.fence(partition);
    },
    position: () => Promise.resolve(position),
  };
};

/** What was published last is believed to be where the group stands: after a failure nobody asks. */
const retryWithoutReading: Spoil = (log) => {
  let known: number | undefined;
  return {
    ...ofLog(log),
    fence: async (partition) => {
      const writer = await log.fence(partition);
      return publishing(writer, async (outcomes, next) => {
        await writer.publish(outcomes, next);
        known = next;
      });
    },
    position: async (partition) => (known ??= await log.position(partition)),
  };
};

const believeTheOffsetAlone: Spoil = (log, { committed }) => ({
  ...ofLog(log),
  position: async (partition) => {
    await log.position(partition);
    return committed();
  },
});

const trustTheStartOfTheBatch: Spoil = (log, { believed }) => ({
  ...ofLog(log),
  position: () => Promise.resolve(believed()),
});

const resolveBeforeCommit: Spoil = (log) => ({
  ...ofLog(log),
  fence: async (partition) => {
    const writer = await log.fence(partition);
    return publishing(writer, (outcomes, next) => {
      writer.publish(outcomes, next).catch(() => {});
      return Promise.resolve();
    });
  },
});

const takeFailureForNothing: Spoil = (log) => ({
  ...ofLog(log),
  fence: async (partition) => {
    const writer = await log.fence(partition);
    return publishing(writer, (outcomes, next) => writer.publish(outcomes, next).catch(() => {}));
  },
});

export const MUTANTS: readonly Mutant[] = [
  { what: 'the committed offset is read before the fence', spoil: readBeforeFence },
  { what: 'a batch is tried again without reading the committed offset', spoil: retryWithoutReading },
  { what: 'the start of the batch is trusted', spoil: trustTheStartOfTheBatch },
  { what: 'the last outcomes are not looked at', spoil: believeTheOffsetAlone },
  { what: 'a batch is resolved before it is committed', spoil: resolveBeforeCommit },
  { what: 'a failed commit is taken for a good one', spoil: takeFailureForNothing },
];

/** The log's own methods, bound: it keeps private fields. */
function ofLog(log: Parameters<Spoil>[0]): Parameters<Spoil>[0] {
  return {
    fence: (partition) => log.fence(partition),
    position: (partition) => log.position(partition),
    oldest: (partition) => log.oldest(partition),
    expectMsMax: log.expectMsMax,
  };
}

const publishing = (writer: BatchWriter, publish: BatchWriter['publish']): BatchWriter => ({
  expect: (next) => writer.expect(next),
  publish,
  discard: () => writer.discard(),
});
