// Reads a DAG:
//
//   AI.DAGEXECUTE[_RO] scope+ ("|>" step)+
//   AI.DAGRUN[_RO]     scope* ("|>" step)+                    (legacy)
//
//   scope = LOAD n key{n} | PERSIST n key{n} | ROUTING key | TIMEOUT ms        each at most once
//   step  = AI.TENSORSET name … | AI.TENSORGET name … | AI.MODELEXECUTE … | AI.SCRIPTEXECUTE …
//           (legacy: AI.MODELRUN … | AI.SCRIPTRUN … in place of the last two)
//
// The keys of LOAD are read here, those of PERSIST written once all steps have run.
import { Plan } from '../dag/plan.ts';
import type { Args } from '../resp/args.ts';
import { parseTensor } from '../tensor/tensor-words.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openTensor } from './ai-keys.ts';
import { parseModelExecute, parseModelRun } from './ai-model-call.ts';
import { parseScriptExecute, parseScriptRun } from './ai-script-call.ts';
import { parseTensorFormat, type TensorFormat } from './ai-tensor.ts';
import { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

/** The four commands differ in what they accept. */
export interface DagDialect {
  /** As RedisAI spells it in errors. */
  readonly name: string;
  readonly isReadOnly: boolean;
  readonly isLegacy: boolean;
}

export class DagRequest {
  readonly plan = new Plan();
  /** By index of step: how a tensor-get wants its tensor. */
  readonly formats: (TensorFormat | undefined)[] = [];
  persist: readonly string[] = [];
}

const ARGUMENTS_MIN = 6;

/** @throws ReplyError, TensorError */
export function parseDag(session: Session, args: Args, dialect: DagDialect): DagRequest {
  if (!dialect.isLegacy && args.length < ARGUMENTS_MIN) throw new ReplyError(AI_ERRORS.dagTooShort(dialect.name));
  const request = new DagRequest();
  const firstBar = parseScopes(session, new Words(args, 1, args.length), dialect, request);
  if (firstBar >= args.length) throw new ReplyError(AI_ERRORS.dagTooShort(dialect.name));
  parseSteps(session, args, firstBar, dialect, request);
  const { plan } = request;
  if (plan.isIncomplete) throw new ReplyError(AI_ERRORS.dagNoInput);
  for (const name of request.persist) {
    if (plan.slotOf(name) === undefined) throw new ReplyError(AI_ERRORS.dagNoPersist);
  }
  return request;
}

type Scope = (session: Session, words: Words, request: DagRequest, dialect: DagDialect) => void;

const SCOPES: readonly (readonly [keyword: string, read: Scope])[] = [
  ['ROUTING', (_session, words) => void (words.at += 1)],
  ['PERSIST', readPersist],
  ['LOAD', readLoad],
  ['TIMEOUT', readTimeout],
];

/** Position of the first "|>". */
function parseScopes(session: Session, words: Words, dialect: DagDialect, request: DagRequest): number {
  let seen = 0;
  while (words.left > 0 && !words.is('|>')) {
    const which = SCOPES.findIndex(([keyword]) => words.is(keyword));
    if (which < 0 || (seen & (1 << which)) !== 0) throw new ReplyError(AI_ERRORS.dagUnexpected(words.text()));
    seen |= 1 << which;
    words.at += 1;
    SCOPES[which]![1](session, words, request, dialect);
  }
  // TIMEOUT alone says nothing of where the DAG belongs.
  const saysWhere = (seen & 0b111) !== 0;
  if (!dialect.isLegacy && !saysWhere) throw new ReplyError(AI_ERRORS.dagNoScope);
  return words.at;
}

function readPersist(_session: Session, words: Words, request: DagRequest, dialect: DagDialect): void {
  if (dialect.isReadOnly) throw new ReplyError(AI_ERRORS.dagReadOnlyPersist);
  request.persist = readNames(words, AI_ERRORS.dagBadPersistCount, AI_ERRORS.dagTooFewPersist);
  if (new Set(request.persist).size < request.persist.length) throw new ReplyError(AI_ERRORS.dagPersistTwice);
}

function readLoad(session: Session, words: Words, { plan }: DagRequest): void {
  for (const key of readNames(words, AI_ERRORS.dagBadLoadCount, AI_ERRORS.dagTooFewLoad)) {
    plan.load(key, openTensor(session, key));
  }
}

function readNames(words: Words, badCount: string, tooFew: string): string[] {
  const count = words.integer(badCount);
  if (count <= 0) throw new ReplyError(badCount);
  return words.texts(count, tooFew);
}

/** Unlike that of AI.MODELEXECUTE, a timeout of 0 or less is taken, and means none. */
function readTimeout(_session: Session, words: Words, { plan }: DagRequest): void {
  plan.timeoutMs = Math.max(0, words.integer(AI_ERRORS.badTimeout));
}

function parseSteps(session: Session, args: Args, firstBar: number, dialect: DagDialect, request: DagRequest): void {
  for (let start = firstBar + 1, end: number; start <= args.length; start = end + 1) {
    if (start === args.length) throw new ReplyError(AI_ERRORS.dagUnexpected('|>'));
    end = endOfStep(args, start);
    parseStep(session, args, start, end, dialect, request);
  }
}

/** Position of the next "|>", or the end. The bytes of a BLOB may happen to be those of a "|>". */
function endOfStep(args: Args, start: number): number {
  const isTensorSet = args.is(start, 'AI.TENSORSET');
  for (let i = start + 1; i < args.length; i += 1) {
    if (args.is(i, '|>') && !(isTensorSet && args.is(i - 1, 'BLOB'))) return i;
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

function readTensorSet(_session: Session, words: Words, { plan }: DagRequest): void {
  if (words.left < 3) throw new ReplyError(AI_ERRORS.dagTensorSetArity);
  const name = words.text();
  plan.tensorSet(name, parseTensor(words.args, words.at, words.end));
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
  return (session, words, { plan }) => {
    const { call, inputs, outputs } = parse(session, words, true);
    plan.script(call, inputs, outputs);
  };
}
