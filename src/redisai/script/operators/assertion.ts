// What a failed assert does.
import { ScriptError } from '../script.ts';
import { operator } from './operator.ts';

export const raiseAssertion = operator('prim::raise_assertion(str message) -> None', (message: string) => {
  throw new ScriptError(`AssertionError: ${message}`);
});
