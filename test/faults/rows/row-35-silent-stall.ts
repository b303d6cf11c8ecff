// Row 35: requests for records are never answered, while heartbeats are: the group thinks that all is well.
import { API, KafkaProxy, PASS } from '../proxy.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const PORTION = 1_000;
const STALL_MS_MAX = 8_000;
const DETECTION_MS_MAX = 60_000;

export const row35: Row = {
  number: 35,
  name: 'silent stall: fetches unanswered, heartbeats answered',
  promise: 'the consumer notices and ends with an error, or goes on by itself',
  async run(rig, { random }) {
    const { proxy: port, behindProxy } = rig.kafka.ports;
    const proxy = await KafkaProxy.listen(port, behindProxy);
    const environment = { KAFKA_BROKERS: rig.kafka.proxiedBrokers, STALL_MS_MAX: String(STALL_MS_MAX) };
    const stage = await Stage.open(rig, { name: 'row-35', random, environment });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(PORTION);
      await stage.untilOutcomes(PORTION);
      const faultMs = Date.now();
      proxy.rule = ({ direction, apiKey }) =>
        direction === 'request' && apiKey === API.fetch ? { kind: 'swallow' } : PASS;
      await stage.feed.write(PORTION);
      await stage.until(() => slot.ownEnds.length > 0, 'the consumer noticing', DETECTION_MS_MAX);
      const detectionMs = slot.ownEnds[0]!.atMs - faultMs;
      proxy.rule = () => PASS;
      const recovered = await stage.recovery(faultMs);
      return await finish(stage, {
        faults: proxy.faults.length,
        recoveryMs: [recovered],
        checks: [
          { words: `it ended with an error (${String(slot.ownEnds[0]!.code)})`, holds: slot.ownEnds[0]!.code !== 0 },
        ],
        notes: [`noticed after ${detectionMs} ms (STALL_MS_MAX ${STALL_MS_MAX})`],
      });
    } finally {
      await stage.close();
      await proxy.close();
    }
  },
};
