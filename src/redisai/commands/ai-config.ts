// AI.CONFIG:
//
//   GET (BACKENDSPATH | MODEL_CHUNK_SIZE) | BACKENDSPATH path | MODEL_CHUNK_SIZE bytes | LOADBACKEND backend path
//
// LOADBACKEND would load a shared library from any path that a client names. Here it always fails, in RedisAI's words:
// the backends of this engine are part of it.
import type { Args } from '../resp/args.ts';
import { OK, type Reply } from '../resp/reply.ts';
import { aiCommand, REMOVE } from './ai-command.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { aiModule, type AiModule } from './ai-module.ts';
import { ReplyError, type Command } from './command.ts';
import { parseInteger } from './numbers.ts';
import type { Session } from './session.ts';

type Subcommand = (module: AiModule, args: Args) => Reply;

const SUBCOMMANDS: ReadonlyMap<string, Subcommand> = new Map([
  ['GET', get],
  ['BACKENDSPATH', setBackendsPath],
  ['MODEL_CHUNK_SIZE', setModelChunkSize],
  ['LOADBACKEND', loadBackend],
]);

const BACKENDS = new Set(['TF', 'TFLITE', 'TORCH', 'ONNX']);

function config(session: Session, args: Args): Reply {
  if (args.length < 2) throw new ReplyError(AI_ERRORS.arity('ai.config'));
  const subcommand = SUBCOMMANDS.get(args.word(1));
  if (subcommand === undefined) throw new ReplyError(AI_ERRORS.badSubcommand);
  return subcommand(aiModule(session), args);
}

function get(module: AiModule, args: Args): Reply {
  if (args.length !== 3) throw new ReplyError(AI_ERRORS.arity('ai.config'));
  if (args.is(2, 'BACKENDSPATH')) return module.backendsPath;
  return args.is(2, 'MODEL_CHUNK_SIZE') ? module.modelChunkBytes : null;
}

function setBackendsPath(module: AiModule, args: Args): Reply {
  if (args.length < 3) throw new ReplyError(AI_ERRORS.noBackendsPath);
  module.backendsPath = args.text(2);
  return OK;
}

function setModelChunkSize(module: AiModule, args: Args): Reply {
  if (args.length < 3) throw new ReplyError(AI_ERRORS.noChunkSize);
  const bytes = parseInteger(args.text(2));
  if (bytes === undefined || bytes <= 0) throw new ReplyError(AI_ERRORS.badChunkSize);
  module.modelChunkBytes = bytes;
  return OK;
}

function loadBackend(_module: AiModule, args: Args): Reply {
  if (args.length < 4) throw new ReplyError(AI_ERRORS.arity('ai.config'));
  throw new ReplyError(BACKENDS.has(args.word(2)) ? AI_ERRORS.noBackendLoading : AI_ERRORS.badBackend);
}

export const CONFIG_COMMANDS: readonly Command[] = [aiCommand('ai.config', REMOVE, config)];
