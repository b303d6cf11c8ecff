// The second part of a DAG (ai-dag-words.ts has the grammar): its steps, each a command without its keys.
import type { Args } from '../resp/args.ts';
import { parseTensor } from '../tensor/tensor-words.ts';
import type { DagDialect, DagRequest } from './ai-dag-request.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { parseModelExecute, parseModelRun } from './ai-model-call.ts';
import { parseScriptExecute, parseScriptRun } from './ai-script-call.ts';
import { parseTensorFormat } from './ai-tensor.ts';
import { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

export function parseSteps(
  session: Session,
  args: Args,
  firstBar: number,
  dialect: DagDialect,
  request: DagRequest,
): void {
  for (let start = firstBar + 1, end: number; start <= args.length; start = end + 1) {
    if (start === args.length) throw new ReplyError(AI_ERRORS.dagUnexpected('|>'));
    end = endOfStep(args, start);
    request.stepsAt.push(start);
    parseStep(session, args, start, end, dialect, request);
  }
}

/** Position of the next "|>", or the end. The bytes of a BLOB may happen to be those of a "|>". */
function endOfStep(args: Args, start: number): number {
  let mayBeFormat = args.is(start, 'AI.TENSORSET');
  for (let i = start + 1; i < args.length; i += 1) {
    if (args.is(i, '|>')) return i;
    // After name and dtype.
    if (!mayBeFormat || i < start + 3) continue;
    if (args.is(i, 'BLOB')) i += 1;
    else if (!args.is(i, 'VALUES')) continue;
    mayBeFormat = false;
  }
  return args.length;
}

type Step = (session: Session, words: Words, request: DagRequest) => void;

interface StepTraits {
  readonly name: string;
  readonly read: Step;
  /** Why it is refused in DAGEXECUTE, in DAGRUN, in a read-only DAG. */
  readonly notNow?: string;
  readonly notLegacy?: string;
  readonly notReadOnly?: string;
}

const STEPS: readonly StepTraits[] = [
  { name: 'AI.TENSORSET', read: readTensorSet },
  { name: 'AI.TENSORGET', read: readTensorGet },
  {
    name: 'AI.MODELEXECUTE',
    read: modelStep(parseModelExecute),
    notLegacy: AI_ERRORS.dagNotInDagRun('AI.MODELEXECUTE'),
  },
  {
    name: 'AI.SCRIPTEXECUTE',
    read: scriptStep(parseScriptExecute),
    notLegacy: AI_ERRORS.dagNotInDagRun('AI.SCRIPTEXECUTE'),
    notReadOnly: AI_ERRORS.dagReadOnlyStep('AI.SCRIPTEXECUTE'),
  },
  { name: 'AI.MODELRUN', read: modelStep(parseModelRun), notNow: AI_ERRORS.dagDeprecated('AI.MODELRUN') },
  {
    name: 'AI.SCRIPTRUN',
    read: scriptStep(parseScriptRun),
    notNow: AI_ERRORS.dagDeprecated('AI.SCRIPTRUN'),
    notReadOnly: AI_ERRORS.dagReadOnlyStep('AI.SCRIPTRUN'),
  },
];

function parseStep(
  session: Session,
  args: Args,
  start: number,
  end: number,
  dialect: DagDialect,
  request: DagRequest,
): void {
  const traits = STEPS.find(({ name }) => args.is(start, name));
  if (traits === undefined) throw new ReplyError(AI_ERRORS.dagUnsupported);
  const refusal =
    (dialect.isLegacy ? traits.notLegacy : traits.notNow) ?? (dialect.isReadOnly ? traits.notReadOnly : undefined);
  if (refusal !== undefined) throw new ReplyError(refusal);
  traits.read(session, new Words(args, start + 1, end), request);
}

function readTensorSet(_session: Session, words: Words, { plan, blobAt }: DagRequest): void {
  if (words.left < 3) throw new ReplyError(AI_ERRORS.dagTensorSetArity);
  const name = words.text();
  const tensor = parseTensor(words.args, words.at, words.end);
  const formatAt = words.at + 1 + tensor.shape.length;
  if (formatAt < words.end && words.args.is(formatAt, 'BLOB')) blobAt[plan.steps.length] = formatAt + 1;
  plan.tensorSet(name, tensor);
}

function readTensorGet(_session: Session, words: Words, { plan, formats }: DagRequest): void {
  if (words.left < 1 || words.left > 3) throw new ReplyError(AI_ERRORS.arity('AI.TENSORGET'));
  const name = words.text();
  formats[plan.steps.length] = parseTensorFormat(words.args, words.at, words.end);
  plan.tensorGet(name);
}

function modelStep(parse: typeof parseModelExecute): Step {
  return (session, words, { plan }) => {
    const { model, inputs, outputs } = parse(session, words, true);
    plan.model(model, inputs, outputs);
  };
}

function scriptStep(parse: typeof parseScriptExecute): Step {
  return (session, words, { plan, keysAt, argsAt }) => {
    const { call, inputs, outputs, ...at } = parse(session, words, true);
    keysAt[plan.steps.length] = at.keysAt;
    argsAt[plan.steps.length] = at.argsAt;
    plan.script(call, inputs, outputs);
  };
}
