// Reads a call of a script's function, as a command of its own or as a step of a DAG:
//
//   AI.SCRIPTEXECUTE key function scope* [TIMEOUT ms]
//   AI.SCRIPTRUN     key function [TIMEOUT ms] INPUTS name* OUTPUTS name*     (legacy)
//
//   scope = KEYS n key{n} | INPUTS n name{n} | ARGS n arg{n} | OUTPUTS n name{n}      each at most once
//
// As a command of its own it starts with KEYS or INPUTS; as a step of a DAG it may do without, and TIMEOUT is refused.
import type { ScriptCall } from '../dag/plan.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openScript } from './ai-keys.ts';
import { parseLegacyNames, parseTimeout } from './ai-model-call.ts';
import type { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

export interface ParsedScriptCall {
  readonly call: ScriptCall;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** 0: none. */
  readonly timeoutMs: number;
  /** Positions of the first key and of the first of ARGS, where there are some. */
  readonly keysAt: number | undefined;
  readonly argsAt: number | undefined;
}

const NAMES = ['KEYS', 'INPUTS', 'ARGS', 'OUTPUTS'] as const;
type Scope = (typeof NAMES)[number];

/** What was read of each scope so far. */
type Scopes = Record<Scope, readonly string[] | undefined>;

const NONE: readonly string[] = [];

export function parseScriptExecute(session: Session, words: Words, inDag: boolean): ParsedScriptCall {
  if (words.left < 2) throw new ReplyError(AI_ERRORS.arity('AI.SCRIPTEXECUTE'));
  const script = openScript(session, words.text());
  const functionName = words.text();
  if (!inDag && !words.is('KEYS') && !words.is('INPUTS')) throw new ReplyError(AI_ERRORS.scriptScopeFirst);
  const scopes: Scopes = { KEYS: undefined, INPUTS: undefined, ARGS: undefined, OUTPUTS: undefined };
  const at: Partial<Record<Scope, number>> = {};
  for (let scope = takeScope(words); scope !== undefined; scope = takeScope(words)) {
    if (scopes[scope] !== undefined) throw new ReplyError(AI_ERRORS.scriptScopeTwice(scope));
    const texts = parseScope(scope, words);
    scopes[scope] = texts;
    if (texts.length > 0) at[scope] = words.at - texts.length;
  }
  const timeoutMs = parseLastWords(words, inDag);
  const call = { script, functionName, keys: scopes.KEYS ?? NONE, args: scopes.ARGS ?? NONE };
  return {
    call,
    inputs: scopes.INPUTS ?? NONE,
    outputs: scopes.OUTPUTS ?? NONE,
    timeoutMs,
    keysAt: at.KEYS,
    argsAt: at.ARGS,
  };
}

export function parseScriptRun(session: Session, words: Words, inDag: boolean): ParsedScriptCall {
  if (words.left < 4) throw new ReplyError(AI_ERRORS.arity('AI.SCRIPTRUN'));
  const script = openScript(session, words.text());
  const functionName = words.text();
  const timeoutMs = parseTimeout(words, inDag);
  const { inputs, outputs } = parseLegacyNames(words);
  const call = { script, functionName, keys: NONE, args: NONE };
  return { call, inputs, outputs, timeoutMs, keysAt: undefined, argsAt: undefined };
}

function takeScope(words: Words): Scope | undefined {
  for (const name of NAMES) if (words.take(name)) return name;
  return undefined;
}

function parseScope(scope: Scope, words: Words): string[] {
  if (words.left === 0) throw new ReplyError(AI_ERRORS.scriptIncomplete);
  if (scope === 'KEYS') {
    const count = words.integer(AI_ERRORS.badScriptKeyCount);
    if (count <= 0) throw new ReplyError(AI_ERRORS.badScriptKeyCount);
    return words.texts(count, AI_ERRORS.tooFewScriptKeys);
  }
  const count = words.integer(AI_ERRORS.badScriptCount(scope.toLowerCase()));
  if (count < 0) throw new ReplyError(AI_ERRORS.badScriptCount(scope.toLowerCase()));
  return words.texts(count, AI_ERRORS.tooFewInScope(scope.toLowerCase()));
}

/** The timeout, which must be all that is left. */
function parseLastWords(words: Words, inDag: boolean): number {
  if (words.left === 0) return 0;
  if (!words.is('TIMEOUT')) throw new ReplyError(AI_ERRORS.scriptUnexpected(words.text()));
  if (words.left === 1 && !inDag) throw new ReplyError(AI_ERRORS.scriptNoTimeout);
  const timeoutMs = parseTimeout(words, inDag);
  if (words.left > 0) throw new ReplyError(AI_ERRORS.scriptAfterTimeout);
  return timeoutMs;
}
