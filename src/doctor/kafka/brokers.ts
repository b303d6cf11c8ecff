// Check: the brokers answer, and one of them is the controller.
import type { Check } from '../examine.ts';
import { ok, warning } from '../finding.ts';
import type { KafkaPeer } from './kafka-peer.ts';

export const BROKERS: Check<KafkaPeer> = {
  name: 'brokers',
  first: true,
  look: async ({ admin }) => {
    const { brokers, controller } = await admin.describeCluster();
    const places = brokers.map(({ nodeId, host, port }) => `${nodeId} at ${host}:${port}`).join(', ');
    if (controller === null || controller < 0)
      return [
        warning(`${places}; no controller is known`, 'wait for the election, or see the logs of the controllers'),
      ];
    return [ok(`${brokers.length === 1 ? 'broker' : 'brokers'} ${places}`)];
  },
};
