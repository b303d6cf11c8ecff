// Where the keys of the AI commands stand whose keys are not at fixed positions: as COMMAND GETKEYS reports them, and all that
// must lie on one node of a cluster, which are more.
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

/** The script, and all names that it uses or makes. */
export function scriptExecuteRouting(args: Args): number[] {
  return [1, ...scopeNames(args, 3, ['KEYS', 'INPUTS', 'OUTPUTS'])];
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

/** The keys of dagKeys, of ROUTING, and those that the scripts say they will use. */
export function dagRouting(args: Args): number[] {
  const positions = dagKeys(args);
  let i = 1;
  for (; i + 1 < args.length && !args.is(i, '|>'); i += 1) if (args.is(i, 'ROUTING')) positions.push(i + 1);
  for (; i + 1 < args.length; i += 1) {
    if (args.is(i, '|>') && args.is(i + 1, 'AI.SCRIPTEXECUTE')) positions.push(...scopeNames(args, i + 4, ['KEYS']));
  }
  return positions;
}

const SCRIPT_SCOPES = ['KEYS', 'INPUTS', 'ARGS', 'OUTPUTS'];

/** Positions of what a call of a script names in these scopes; the scopes begin at `at`. */
function scopeNames(args: Args, at: number, wanted: readonly string[]): number[] {
  const positions: number[] = [];
  for (let i = at; i < args.length && !args.is(i, '|>');) {
    const scope = SCRIPT_SCOPES.find((word) => args.is(i, word));
    const names = scope === undefined ? [] : countedAfter(args, i, scope);
    if (scope !== undefined && wanted.includes(scope)) positions.push(...names);
    i += scope === undefined ? 1 : 2 + names.length;
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
