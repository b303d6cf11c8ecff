// The first part of a DAG (ai-dag-words.ts has the grammar): what it loads, what it persists, how long it may wait.
import { AI_ERRORS } from './ai-errors.ts';
import type { DagDialect, DagRequest } from './ai-dag-request.ts';
import { openTensor } from './ai-keys.ts';
import type { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

type Scope = (session: Session, words: Words, request: DagRequest, dialect: DagDialect) => void;

const SCOPES: readonly (readonly [keyword: string, read: Scope])[] = [
  ['ROUTING', (_session, words) => void (words.at += 1)],
  ['PERSIST', readPersist],
  ['LOAD', readLoad],
  ['TIMEOUT', readTimeout],
];

/** Position of the first "|>", or the end. */
export function parseScopes(session: Session, words: Words, dialect: DagDialect, request: DagRequest): number {
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
