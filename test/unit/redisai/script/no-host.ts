// The host of scripts that need none: reaching for it is a failure of the test.
import type { ScriptHost } from '../../../../src/redisai/script/script.ts';

export const NO_HOST: ScriptHost = {
  execute: (command) => {
    throw new Error(`the script reached for Redis: ${command}`);
  },
};
