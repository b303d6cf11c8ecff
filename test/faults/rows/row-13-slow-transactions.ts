// Row 13: requests and replies of Kafka transactions held back for seconds, so that they arrive late or out of time.
import { API, KafkaProxy, PASS } from '../proxy.ts';
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const STEPS = [API.produce, API.endTxn, API.txnOffsetCommit];
/** The last is longer than a Kafka transaction may take. */
const HELD_BACK_MS = [500, 3_000, 12_000];
const DELAYS_PER_FAULT = 3;

export const row13: Row = {
  number: 13,
  name: 'requests and replies of Kafka transactions held back',
  promise: 'no transaction torn, lost or doubled',
  async run(rig, options) {
    const { random } = options;
    const { times, portion } = planSizes(options, 6, 500);
    const { proxy: port, behindProxy } = rig.kafka.ports;
    const proxy = await KafkaProxy.listen(port, behindProxy);
    const environment = { KAFKA_BROKERS: rig.kafka.proxiedBrokers };
    const stage = await Stage.open(rig, { name: 'row-13', random, environment });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (number: number): Promise<void> => {
        let delays = 0;
        proxy.rule = ({ apiKey }) => {
          const hit = STEPS.some((step) => step === apiKey) && random.uniform() < 0.1;
          if (!hit || delays === DELAYS_PER_FAULT) return PASS;
          delays += 1;
          return { kind: 'delay', ms: HELD_BACK_MS[number % HELD_BACK_MS.length]! };
        };
        await stage.feed.write(portion);
        await stage.until(() => delays === DELAYS_PER_FAULT || stage.isDrained, 'something to hold back');
        proxy.rule = () => PASS;
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      return await finish(stage, { faults: proxy.faults.length, recoveryMs });
    } finally {
      await stage.close();
      await proxy.close();
    }
  },
};
