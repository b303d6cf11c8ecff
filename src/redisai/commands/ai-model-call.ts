// Reads a call of a model, as a command of its own or as a step of a DAG:
//
//   AI.MODELEXECUTE key INPUTS n name{n} OUTPUTS m name{m} [TIMEOUT ms]
//   AI.MODELRUN     key [TIMEOUT ms] INPUTS name+ OUTPUTS name+               (legacy)
//
// Names are keys in a command of its own, names of the DAG's tensors in a step, where TIMEOUT is refused.
import type { StoredModel } from '../dag/stored-model.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openModel } from './ai-keys.ts';
import type { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

export interface ModelCall {
  readonly model: StoredModel;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** 0: none. */
  readonly timeoutMs: number;
}

/** Arguments after the command's name, at the least. */
const EXECUTE_WORDS_MIN = 7;
const RUN_WORDS_MIN = 5;

export function parseModelExecute(session: Session, words: Words, inDag: boolean): ModelCall {
  if (words.left < EXECUTE_WORDS_MIN) throw new ReplyError(AI_ERRORS.arity('AI.MODELEXECUTE'));
  const model = openModel(session, words.text());
  if (!words.take('INPUTS')) throw new ReplyError(AI_ERRORS.inputsMissing);
  const inputs = words.texts(parseInputCount(words), AI_ERRORS.inputCountTooLarge);
  if (!words.take('OUTPUTS')) throw new ReplyError(AI_ERRORS.outputsMissing);
  const outputs = words.texts(parseOutputCount(words), AI_ERRORS.outputCountTooLarge);
  const timeoutMs = parseTimeout(words, inDag);
  if (words.left > 0) throw new ReplyError(AI_ERRORS.unexpected(words.text()));
  return checked({ model, inputs, outputs, timeoutMs });
}

export function parseModelRun(session: Session, words: Words, inDag: boolean): ModelCall {
  if (words.left < RUN_WORDS_MIN) throw new ReplyError(AI_ERRORS.arity('AI.MODELRUN'));
  const model = openModel(session, words.text());
  const timeoutMs = parseTimeout(words, inDag);
  const { inputs, outputs } = parseLegacyNames(words);
  return checked({ model, inputs, outputs, timeoutMs });
}

/** INPUTS name* OUTPUTS name*, to the end */
export function parseLegacyNames(words: Words): { inputs: string[]; outputs: string[] } {
  if (!words.take('INPUTS')) throw new ReplyError(AI_ERRORS.inputsMissing);
  const inputs: string[] = [];
  while (words.left > 0 && !words.is('OUTPUTS')) inputs.push(words.text());
  if (!words.take('OUTPUTS')) throw new ReplyError(AI_ERRORS.outputsMissing);
  return { inputs, outputs: words.texts(words.left, AI_ERRORS.outputsMissing) };
}

export function parseTimeout(words: Words, inDag: boolean): number {
  if (!words.take('TIMEOUT')) return 0;
  if (inDag) throw new ReplyError(AI_ERRORS.dagTimeoutInStep);
  if (words.left === 0) throw new ReplyError(AI_ERRORS.noTimeout);
  const timeoutMs = words.integer(AI_ERRORS.badTimeout);
  if (timeoutMs <= 0) throw new ReplyError(AI_ERRORS.badTimeout);
  return timeoutMs;
}

function parseInputCount(words: Words): number {
  const count = words.integer(AI_ERRORS.badInputCount);
  if (count <= 0) throw new ReplyError(AI_ERRORS.inputCountNotPositive);
  return count;
}

function parseOutputCount(words: Words): number {
  const count = words.integer(AI_ERRORS.badOutputCount);
  if (count <= 0) throw new ReplyError(AI_ERRORS.outputCountNotPositive);
  return count;
}

function checked(call: ModelCall): ModelCall {
  const { runnable } = call.model;
  if (call.inputs.length !== runnable.inputCount) throw new ReplyError(AI_ERRORS.inputsDiffer);
  if (call.outputs.length !== runnable.outputCount) throw new ReplyError(AI_ERRORS.outputsDiffer);
  return call;
}
