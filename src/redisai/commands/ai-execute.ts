// AI.MODELEXECUTE, AI.SCRIPTEXECUTE and their legacy forms: plans of one step whose names are keys.
import { Plan } from '../dag/plan.ts';
import { StepFailure, type Run } from '../dag/run.ts';
import { ErrorReply, OK, Status, type Reply } from '../resp/reply.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { aiCommand, WRITE_MOVABLE } from './ai-command.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { modelExecuteKeys, scriptExecuteKeys, scriptExecuteRouting } from './ai-key-positions.ts';
import { openTensor, storeTensors } from './ai-keys.ts';
import { parseModelExecute, parseModelRun } from './ai-model-call.ts';
import { aiModule } from './ai-module.ts';
import { parseScriptExecute, parseScriptRun } from './ai-script-call.ts';
import { Words } from './ai-words.ts';
import { ReplyError, type Command } from './command.ts';
import type { Session } from './session.ts';

export const TIMED_OUT = new Status('TIMEDOUT');

function modelCommand(parse: typeof parseModelExecute): Command['execute'] {
  return (session, args) => {
    requireDirectCall(session);
    const call = parse(session, new Words(args, 1, args.length), false);
    const plan = planOver(session, call.inputs, call.timeoutMs);
    plan.model(call.model, call.inputs, call.outputs);
    return runAlone(session, plan, call.outputs);
  };
}

function scriptCommand(parse: typeof parseScriptExecute): Command['execute'] {
  return (session, args) => {
    requireDirectCall(session);
    const { call, inputs, outputs, timeoutMs } = parse(session, new Words(args, 1, args.length), false);
    const plan = planOver(session, inputs, timeoutMs);
    plan.script(call, inputs, outputs);
    return runAlone(session, plan, outputs);
  };
}

/** Models and scripts are not run where the answer could not be waited for. */
export function requireDirectCall(session: Session): void {
  if (session.caller !== 'connection') throw new ReplyError(AI_ERRORS.notDirect);
}

function planOver(session: Session, keys: readonly string[], timeoutMs: number): Plan {
  const plan = new Plan();
  for (const key of keys) plan.load(key, openTensor(session, key));
  plan.timeoutMs = timeoutMs;
  return plan;
}

function runAlone(session: Session, plan: Plan, outputs: readonly string[]): Reply | Promise<Reply> {
  const run = aiModule(session).run(plan, session);
  return run instanceof Promise
    ? run.then((finished) => storeAndReply(session, finished, outputs))
    : storeAndReply(session, run, outputs);
}

function storeAndReply(session: Session, run: Run, outputs: readonly string[]): Reply {
  if (run.hasTimedOut) return TIMED_OUT;
  const [outcome] = run.outcomes;
  if (outcome instanceof StepFailure) return new ErrorReply(outcome.message);
  storeTensors(session, namedTensors(run, outputs));
  return OK;
}

/** The tensors that a run which went well has left under these names. */
export function namedTensors(run: Run, names: readonly string[]): [name: string, tensor: Tensor][] {
  return names.map((name) => [name, run.tensor(run.plan.slotOf(name)!)!]);
}

export const EXECUTE_COMMANDS: readonly Command[] = [
  aiCommand('ai.modelexecute', WRITE_MOVABLE, modelCommand(parseModelExecute), {
    keyAt: 4,
    keysIn: modelExecuteKeys,
  }),
  aiCommand('ai.scriptexecute', WRITE_MOVABLE, scriptCommand(parseScriptExecute), {
    keyAt: 5,
    keysIn: scriptExecuteKeys,
    routingKeysIn: scriptExecuteRouting,
  }),
  aiCommand('ai.modelrun', WRITE_MOVABLE, modelCommand(parseModelRun), { keyAt: 3, keysIn: () => [1] }),
  aiCommand('ai.scriptrun', WRITE_MOVABLE, scriptCommand(parseScriptRun), { keyAt: 4, keysIn: () => [1] }),
];
