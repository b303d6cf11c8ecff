// `100:5000:60`: from 100 a second to 5,000 a second within 60 seconds.
import { z } from 'zod';
import { decimal } from './setting.ts';

/** Two rates and a time. */
const PARTS = [decimal(0.001, 1_000_000), decimal(0.001, 1_000_000), decimal(0.001, 31_536_000)];

export const ramp = z.string().transform((text, context) => {
  const texts = text.split(':');
  const values = PARTS.map((schema, index) => schema.safeParse(texts[index]).data);
  const [fromPerSecond, toPerSecond, seconds] = values;
  if (
    texts.length === PARTS.length &&
    fromPerSecond !== undefined &&
    toPerSecond !== undefined &&
    seconds !== undefined
  )
    return { fromPerSecond, toPerSecond, seconds };
  context.addIssue('is not two rates above 0 and a time, like 100:5000:60');
  return z.NEVER;
});
