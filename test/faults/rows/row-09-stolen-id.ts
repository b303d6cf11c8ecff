// Row 9: somebody else takes the consumer's transactional ids over, again and again, and does nothing with them.
import { Kafka, logLevel } from 'kafkajs';
import { inject, planSizes } from '../rig/injection.ts';
import { PARTITIONS, Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

async function takeOver(brokers: string, transactionalId: string): Promise<void> {
  const thief = new Kafka({ clientId: 'thief', brokers: [brokers], logLevel: logLevel.NOTHING }).producer({
    idempotent: true,
    maxInFlightRequests: 1,
    transactionalId,
    retry: { initialRetryTime: 20, retries: 20 },
  });
  await thief.connect();
  // Initialises the producer, which fences the consumer's.
  await thief.transaction();
  await thief.disconnect();
}

export const row09: Row = {
  number: 9,
  name: 'stolen transactional ids',
  promise: 'the owner notices that it is fenced, takes its id back and publishes nothing twice',
  async run(rig, options) {
    const { times, portion } = planSizes(options, 20, 300);
    const stage = await Stage.open(rig, { name: 'row-09', random: options.random });
    try {
      const slot = stage.addConsumer();
      const fault = async (): Promise<void> => {
        const partition = options.random.whole(0, PARTITIONS - 1);
        await takeOver(rig.kafka.brokers, `${stage.group}.${stage.transactions}.${partition}`);
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      const lived = slot.ownEnds.length === 0;
      return await finish(stage, {
        faults: times,
        recoveryMs,
        checks: [{ words: 'the consumer lived through it', holds: lived }],
      });
    } finally {
      await stage.close();
    }
  },
};
