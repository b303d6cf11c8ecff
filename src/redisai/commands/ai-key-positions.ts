// Where the keys of the AI commands stand whose keys are not at fixed positions, as COMMAND GETKEYS reports them.
import type { Args } from '../resp/args.ts';

/** AI.MODELEXECUTE key INPUTS n … OUTPUTS m …: the model, then all names. */
export function modelExecuteKeys(args: Args): number[] {
  const inputs = countedAfter(args, 2, 'INPUTS');
  const outputs = countedAfter(args, 4 + inputs.length, 'OUTPUTS');
  return [1, ...inputs, ...outputs];
}

/** AI.SCRIPTEXECUTE key function KEYS n …: the script, then the keys that it says it will use. */
export function scriptExecuteKeys(args: Args): number[] {
  for (let i = 3; i < args.length; i += 1) {
    if (args.is(i, 'KEYS')) return [1, ...countedAfter(args, i, 'KEYS')];
  }
  return [1];
}

const STEPS_WITH_KEY = ['AI.MODELEXECUTE', 'AI.SCRIPTEXECUTE', 'AI.MODELRUN', 'AI.SCRIPTRUN'];

/** AI.DAGEXECUTE: the keys of LOAD and PERSIST, then the model or script of each step. */
export function dagKeys(args: Args): number[] {
  const positions: number[] = [];
  let i = 1;
  while (i < args.length && !args.is(i, '|>')) {
    const counted = [...countedAfter(args, i, 'LOAD'), ...countedAfter(args, i, 'PERSIST')];
    positions.push(...counted);
    i += counted.length === 0 ? 1 : 2 + counted.length;
  }
  for (; i + 2 < args.length; i += 1) {
    if (args.is(i, '|>') && STEPS_WITH_KEY.some((name) => args.is(i + 1, name))) positions.push(i + 2);
  }
  return positions;
}

/** Positions of the arguments counted by `keyword n` at `at`, as far as they are there; none if it does not stand there. */
function countedAfter(args: Args, at: number, keyword: string): number[] {
  if (at + 1 >= args.length || !args.is(at, keyword)) return [];
  const count = Number(args.text(at + 1));
  const positions: number[] = [];
  for (let i = at + 2; i < at + 2 + count && i < args.length; i += 1) positions.push(i);
  return positions;
}
