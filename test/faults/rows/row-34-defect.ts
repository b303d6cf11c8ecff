// Row 34: a defect in the scoring code itself, a TypeError where nobody expects one. kafkajs would stop in silence at it.
import { Stage } from '../rig/stage.ts';
import type { Row } from '../row.ts';
import { finish } from '../verdict.ts';

const RECORDS = 2_000;
const WORDS = 'a defect in scoring';

/** Loaded into the consumer before its own code: the 1,500th rounding within the stream throws. */
const DEFECT = `
  const round = Math.round;
  let calls = 0;
  Math.round = (value) => {
    if (new Error().stack.includes('/stream/') && ++calls === 1500) throw new TypeError('${WORDS}');
    return round(value);
  };`;

export const row34: Row = {
  number: 34,
  name: 'TypeError inside scoring',
  promise: 'the process ends with an error and is started again; it never lives on idle',
  async run(rig, { random, records = RECORDS }) {
    const stage = await Stage.open(rig, {
      name: 'row-34',
      random,
      nodeArguments: ['--import', `data:text/javascript,${encodeURIComponent(DEFECT)}`],
    });
    try {
      const slot = stage.addConsumer();
      await stage.feed.write(records);
      await stage.untilOutcomes(records);
      const defects = slot.ownEnds.filter(({ lastWords }) => lastWords.includes(WORDS));
      const isLoud = defects.length > 0 && defects.every(({ code }) => code !== 0 && code !== null);
      return await finish(stage, {
        faults: defects.length,
        checks: [{ words: 'each defect ended the process with an exit code that is not 0', holds: isLoud }],
        notes: [`exit codes ${[...new Set(defects.map(({ code }) => String(code)))].join(', ')}`],
      });
    } finally {
      await stage.close();
    }
  },
};
