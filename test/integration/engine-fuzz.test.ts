// Promise: damaged commands, models and scripts neither end the engine nor hold it up. A short campaign; `npm run fuzz` is the long one.
import { describe, expect, it } from 'vitest';
import { runCampaign } from '../fuzz/campaign.ts';

const RSS_MEBIBYTES_MAX = 1536;
/** A script may run for a second; a busy machine gets some more. */
const LOOP_DELAY_MS_MAX = 5000;

describe('the engine under damaged input', () => {
  it('lives on, answers everybody else, and keeps its memory and its pace', async () => {
    const figures = await runCampaign({ frames: 20_000, files: 1000, seed: 20_260_101, progress: () => undefined });
    expect(figures).toMatchObject({ crashes: 0, hangs: 0, internalErrors: 0, defects: {}, suspects: [] });
    expect(figures.errors).toBeGreaterThan(1000);
    expect(figures.rssMebibytesMax).toBeLessThan(RSS_MEBIBYTES_MAX);
    expect(figures.loopDelayMsMax).toBeLessThan(LOOP_DELAY_MS_MAX);
  });
});
