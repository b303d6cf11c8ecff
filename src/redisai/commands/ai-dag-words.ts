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
import type { Args } from '../resp/args.ts';
import { DagRequest, type DagDialect } from './ai-dag-request.ts';
import { parseScopes } from './ai-dag-scopes.ts';
import { parseSteps } from './ai-dag-steps.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { Words } from './ai-words.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

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
