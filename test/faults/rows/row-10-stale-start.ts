// Row 10: the reply to a commit is held back or lost, and the group is rebalanced meanwhile: the new owner starts while it is
// open what the old one's Kafka transaction came to.
import { API, KafkaProxy, PASS, type Action } from '../proxy.ts';
import { inject, planSizes, someConsumer } from '../rig/injection.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const HELD_BACK_MS = 6_000;

export const row10: Row = {
  number: 10,
  name: 'commit reply delayed or lost, and a rebalance',
  promise: 'nothing twice: the new owner fences before it reads where the group stands',
  async run(rig, options) {
    const { random } = options;
    const { times, portion } = planSizes(options, 10, 500);
    const { proxy: port, behindProxy } = rig.kafka.ports;
    const proxy = await KafkaProxy.listen(port, behindProxy);
    const environment = { KAFKA_BROKERS: rig.kafka.proxiedBrokers };
    const stage = await Stage.open(rig, { name: 'row-10', random, environment });
    try {
      stage.addConsumer();
      stage.addConsumer();
      const fault = async (number: number): Promise<void> => {
        const action: Action =
          number % 2 === 0 ? { kind: 'delay', ms: HELD_BACK_MS } : { kind: number % 4 === 1 ? 'cut' : 'swallow' };
        let left = random.whole(1, 3);
        proxy.rule = ({ direction, apiKey }) =>
          direction === 'response' && apiKey === API.endTxn && left-- > 0 ? action : PASS;
        await stage.feed.write(portion);
        await stage.until(() => left <= 0, 'commits to be answered');
        // A member leaves and another joins: two rebalances, with the outcome of a commit still open.
        await (await someConsumer(stage, options)).terminate({ restart: true });
        proxy.rule = () => PASS;
      };
      const recoveryMs = await inject(stage, options, { times, portion, fault });
      const notes = [`${proxy.faults.length} commit replies delayed, swallowed or cut`];
      return await finish(stage, { faults: proxy.faults.length, recoveryMs, notes });
    } finally {
      await stage.close();
      await proxy.close();
    }
  },
};
