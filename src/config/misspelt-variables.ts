// A variable that is one slip away from one of ours would be passed over without a word: it is told instead.
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { editDistance } from './closest-word.ts';
import { SETTING_ROWS } from './settings.ts';

/** Shorter names are too near to what other programs use. */
const LENGTH_MIN = 8;
/** From this length on two letters may be wrong: enough for two that changed places. */
const LONG = 12;

const OURS = SETTING_ROWS.flatMap(({ env, secret }) =>
  env === undefined ? [] : secret === true ? [env, `${env}_FILE`] : [env],
);

/** @throws FraudstreamError VARIABLE_MISSPELT */
export function refuseMisspelt(environment: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(environment)) {
    const meant = OURS.includes(name) ? undefined : OURS.find((ours) => isNear(name, ours));
    // Both are there: the other one belongs to somebody else.
    if (meant === undefined || environment[meant] !== undefined) continue;
    throw new FraudstreamError('VARIABLE_MISSPELT', `the variable ${name} is none of fraudstream's`, {
      next: `did you mean ${meant}? If it belongs to another program, set ${meant}= (empty) beside it`,
      exitCode: EXIT.config,
    });
  }
}

function isNear(name: string, ours: string): boolean {
  const slips = ours.length >= LONG ? 2 : 1;
  if (ours.length < LENGTH_MIN || Math.abs(name.length - ours.length) > slips) return false;
  return editDistance(name, ours) <= slips;
}
