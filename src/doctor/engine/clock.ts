// Check: the engine's clock is this machine's.
import type { Check } from '../examine.ts';
import { ok, warning } from '../finding.ts';
import { listOf, textOf, type EnginePeer } from './engine-peer.ts';

const SKEW_MS_MAX = 1_000;

export const CLOCK: Check<EnginePeer> = {
  name: 'clock',
  look: async ({ ask, now }) => {
    const asked = now();
    const reply = await ask('TIME');
    if (reply instanceof Error)
      return [warning('this user may not ask for it', 'allow TIME to see whether clocks agree')];
    const answered = now();
    const [seconds, microseconds] = listOf(reply).map((part) => Number(textOf(part)));
    const engineMs = seconds! * 1000 + microseconds! / 1000;
    // It was some time between question and answer.
    const skewMs = Math.max(0, asked - engineMs, engineMs - answered);
    if (skewMs <= SKEW_MS_MAX) return [ok('the engine and this machine agree')];
    const words = `the engine's clock is ${(skewMs / 1000).toFixed(1)} s off this machine's`;
    return [warning(words, 'set both by one time server')];
  },
};
