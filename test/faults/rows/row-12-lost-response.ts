// Row 12: the broker does what it was asked, and its answer is lost with the connection.
import { API, KafkaProxy, PASS } from '../proxy.ts';
import { inject, planSizes } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

/** Whatever a Kafka transaction consists of. */
const STEPS = [API.produce, API.addPartitionsToTxn, API.addOffsetsToTxn, API.txnOffsetCommit, API.endTxn];
const CUTS_PER_FAULT = 5;

export const row12: Row = {
  number: 12,
  name: 'lost responses within Kafka transactions',
  promise: 'no silent loss, nothing twice',
  async run(rig, options) {
    const { random } = options;
    const { times, portion } = planSizes(options, 20, 500);
    const { proxy: port, behindProxy } = rig.kafka.ports;
    const proxy = await KafkaProxy.listen(port, behindProxy);
    const environment = { KAFKA_BROKERS: rig.kafka.proxiedBrokers };
    const stage = await Stage.open(rig, { name: 'row-12', random, environment });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (): Promise<void> => {
        let cuts = 0;
        proxy.rule = ({ direction, apiKey }) => {
          const hit = direction === 'response' && STEPS.some((step) => step === apiKey) && random.uniform() < 0.1;
          if (!hit || cuts === CUTS_PER_FAULT) return PASS;
          cuts += 1;
          return { kind: 'cut' };
        };
        await stage.feed.write(portion);
        await stage.until(() => cuts === CUTS_PER_FAULT || stage.isDrained, 'responses to lose');
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
