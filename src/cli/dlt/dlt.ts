// `fraudstream dlt`: what could not be scored, and what to do with it.
import { EXIT, FraudstreamError } from '../../core/errors.ts';
import type { CommandContext } from '../command-context.ts';
import type { Run } from '../commands.ts';
import { listLetters } from './list.ts';
import { replayLetters } from './replay.ts';
import { showLetter } from './show.ts';

type Action = (context: CommandContext, positions: readonly string[]) => ReturnType<Run>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['list', listLetters],
  ['show', showLetter],
  ['replay', replayLetters],
]);

export async function runDlt(context: CommandContext): Promise<number | undefined> {
  const [what = '', ...positions] = context.args;
  const action = ACTIONS.get(what);
  if (action !== undefined) return action(context, positions);
  throw new FraudstreamError('ACTION_UNKNOWN', `there is no 'dlt ${what}'`, {
    next: `fraudstream dlt ${[...ACTIONS.keys()].join(' | ')}`,
    exitCode: EXIT.usage,
  });
}
