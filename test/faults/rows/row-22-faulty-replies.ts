// Row 22: an engine that answers wrongly, in every way that is known: some of it for good, some of it once.
import { createHash } from 'node:crypto';
import { decodeTransaction } from '../../../src/contracts/transaction.ts';
import { EngineProxy } from '../engine-proxy.ts';
import { LASTING, PASSING, type FaultyReply } from '../faulty-replies.ts';
import type { Expectation, InputRecord } from '../oracle.ts';
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 5_000;
const ONE_IN = 20;
const KINDS = [...LASTING, ...PASSING];

/** By the transaction itself, so that it is the same every time it is asked. */
function faultOf(features: Buffer): FaultyReply | undefined {
  // The consumer's warm-up is all zeros.
  if (features.every((byte) => byte === 0)) return undefined;
  const hash = createHash('sha256').update(features).digest();
  return hash.readUInt32LE(0) % ONE_IN === 0 ? KINDS[hash.readUInt32LE(4) % KINDS.length] : undefined;
}

function exceptions({ value }: InputRecord): Expectation | undefined {
  const { buffer, byteOffset, byteLength } = decodeTransaction(value).features;
  const errorClass = faultOf(Buffer.from(buffer, byteOffset, byteLength))?.errorClass;
  return errorClass === undefined ? undefined : { kind: 'dead-letter', errorClasses: [errorClass] };
}

export const row22: Row = {
  number: 22,
  name: 'faulty replies of the engine',
  promise: 'asked again where that can help, else one dead letter of the right class; never published',
  async run(rig, { random, records = RECORDS }) {
    const proxy = await EngineProxy.listen(rig.engine.port);
    const used = new Map<string, number>();
    const passed = new Set<string>();
    proxy.alter = ({ features }, reply) => {
      const fault = faultOf(features);
      const isOver = fault?.errorClass === undefined && passed.has(features.toString('latin1'));
      if (fault === undefined || isOver) return undefined;
      passed.add(features.toString('latin1'));
      used.set(fault.name, (used.get(fault.name) ?? 0) + 1);
      return fault.make(reply);
    };
    const environment = { REDISAI_URL: proxy.url, BATCH_RECORDS_MAX: '200' };
    const stage = await Stage.open(rig, { name: 'row-22', random, environment });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(records);
      await stage.untilOutcomes(records);
      const missing = KINDS.filter(({ name }) => !used.has(name)).map(({ name }) => name);
      return await finish(stage, {
        faults: [...used.values()].reduce((sum, count) => sum + count, 0),
        exceptions,
        checks: [
          {
            words: `every kind of reply came up (missing: ${missing.join(', ') || 'none'})`,
            holds: missing.length === 0,
          },
          { words: 'the consumer lived through it', holds: slot.ownEnds.length === 0 },
        ],
        notes: [[...used].map(([name, count]) => `${name} ×${count}`).join(', ')],
      });
    } finally {
      await stage.close();
      await proxy.close();
    }
  },
};
