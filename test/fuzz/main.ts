// `npm run fuzz`: sends the engine a great many damaged commands, models and scripts, and says how it fared.
import { parseArgs } from 'node:util';
import { runCampaign, type Figures } from './campaign.ts';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '1000000' },
    files: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});

function table(figures: Figures): string {
  return Object.entries(figures)
    .map(
      ([name, value]) =>
        `${name.padEnd(18)}${typeof value === 'object' ? JSON.stringify(value, undefined, 1) : String(value)}\n`,
    )
    .join('');
}

const startedAtMs = performance.now();
const figures = await runCampaign({
  frames: Number(values.frames),
  files: Number(values.files),
  seed: Number(values.seed),
  progress: (words) => {
    process.stderr.write(`${words} after ${Math.round((performance.now() - startedAtMs) / 1000)} s\n`);
  },
});
process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : table(figures));
process.exitCode = figures.crashes + figures.hangs + figures.internalErrors === 0 ? 0 : 1;
