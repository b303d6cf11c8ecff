// Tensors, models and scripts by key, with RedisAI's words for keys that hold none or something else.
import type { StoredModel } from '../dag/stored-model.ts';
import type { StoredScript } from '../dag/stored-script.ts';
import type { Value } from '../keyspace/value.ts';
import { ownMemory } from '../tensor/slab.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { ModelValue, ScriptValue, TensorValue } from './ai-values.ts';
import { lateRedirection } from './cluster-redirect.ts';
import { ReplyError } from './command.ts';
import type { Session } from './session.ts';

export function openTensor(session: Session, key: string): Tensor {
  const value = session.database.get(key);
  if (value instanceof TensorValue) return value.tensor;
  throw missing(value, AI_ERRORS.noTensor);
}

export function openModel(session: Session, key: string): StoredModel {
  const value = session.database.get(key);
  if (value instanceof ModelValue) return value.model;
  throw missing(value, AI_ERRORS.noModel);
}

export function openScript(session: Session, key: string): StoredScript {
  const value = session.database.get(key);
  if (value instanceof ScriptValue) return value.script;
  throw missing(value, AI_ERRORS.noScript);
}

/** A tensor is stored where nothing is or where a tensor is; its key loses its expiry. */
export function storeTensors(session: Session, named: readonly (readonly [key: string, tensor: Tensor])[]): void {
  requireHere(session, named);
  for (const [key] of named) requireFreeFor(session, key, 'AI_TENSOR');
  for (const [key, tensor] of named) session.database.set(key, new TensorValue(ownMemory(tensor)));
}

/** A heavy model runs a while: in a cluster the slot of its outputs may have gone meanwhile. @throws ReplyError */
function requireHere(session: Session, named: readonly (readonly [key: string, tensor: Tensor])[]): void {
  const { cluster } = session.engine;
  if (cluster === undefined) return;
  const elsewhere = lateRedirection(
    session,
    cluster,
    named.map(([key]) => key),
  );
  if (elsewhere !== undefined) throw new ReplyError(elsewhere.text);
}

/** @throws ReplyError when the key holds a value of another type */
export function requireFreeFor(session: Session, key: string, type: Value['type']): void {
  const value = session.database.get(key);
  if (value !== undefined && value.type !== type) throw new ReplyError(AI_ERRORS.wrongType);
}

function missing(value: Value | undefined, emptyWords: string): ReplyError {
  return new ReplyError(value === undefined ? emptyWords : AI_ERRORS.wrongType);
}
