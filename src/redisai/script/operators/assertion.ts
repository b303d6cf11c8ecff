// What a failed assert does, and a raise in a saved module.
import { ScriptError } from '../script.ts';
import { operator, type Operator } from './operator.ts';

/** Serialized modules raise by this: the class of the exception is only a name. */
export const RAISE: Operator = operator(
  'prim::RaiseException(str message, str? cls=None) -> None',
  (message: string) => {
    throw new ScriptError(message);
  },
);

export const raiseAssertion = operator('prim::raise_assertion(str message) -> None', (message: string) => {
  throw new ScriptError(`AssertionError: ${message}`);
});
