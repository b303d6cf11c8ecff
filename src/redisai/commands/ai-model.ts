// AI.MODELSTORE, AI.MODELSET, AI.MODELGET, AI.MODELDEL and AI._MODELSCAN.
import { loadStoredModel, type StoredModel } from '../dag/stored-model.ts';
import type { Args } from '../resp/args.ts';
import { OK, type Reply } from '../resp/reply.ts';
import { aiCommand, READ, REMOVE, WRITE } from './ai-command.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openModel, requireFreeFor } from './ai-keys.ts';
import { parseModelDefinition, readCountedNames, readNamesUpToKeyword, type ReadNames } from './ai-model-words.ts';
import { aiModule } from './ai-module.ts';
import { ModelValue } from './ai-values.ts';
import { Words } from './ai-words.ts';
import { ReplyError, type Command } from './command.ts';
import type { Session } from './session.ts';

const CHUNKS_MAX = 65_536;

function modelStore(session: Session, args: Args): Reply | Promise<Reply> {
  if (args.length < 6) throw new ReplyError(AI_ERRORS.arity('ai.modelstore'));
  return storeModel(session, args, readCountedNames);
}

function modelSet(session: Session, args: Args): Reply | Promise<Reply> {
  if (args.length < 6) throw new ReplyError(AI_ERRORS.arity('ai.modelset'));
  return storeModel(session, args, readNamesUpToKeyword);
}

function storeModel(session: Session, args: Args, readNames: ReadNames): Reply | Promise<Reply> {
  const key = args.text(1);
  requireFreeFor(session, key, 'AI__MODEL');
  const { source, ...settings } = parseModelDefinition(new Words(args, 2, args.length), readNames);
  const { database } = session;
  const store = (model: StoredModel): Reply => {
    // Looked at again: a key may have been taken while the model was loading.
    requireFreeFor(session, key, 'AI__MODEL');
    database.set(key, new ModelValue(model));
    return OK;
  };
  const model = loadStoredModel(source, settings);
  return model instanceof Promise ? model.then(store) : store(model);
}

/** AI.MODELGET key [META] [BLOB]: at most two words, of which others are ignored; neither is both. */
function modelGet(session: Session, args: Args): Reply {
  if (args.length < 2 || args.length > 4) throw new ReplyError(AI_ERRORS.arity('ai.modelget'));
  const model = openModel(session, args.text(1));
  const words = [2, 3].map((i) => (i < args.length ? args.word(i) : ''));
  const [meta, blob] = [words.includes('META'), words.includes('BLOB')];
  if (blob && !meta) return blobReply(session, model);
  const reply = metaReply(model);
  return meta && !blob ? reply : [...reply, 'blob', blobReply(session, model)];
}

function metaReply({ source, settings, inputNames, outputNames }: StoredModel): Reply[] {
  const { device, tag, batching } = settings;
  return [
    ...['backend', source.backend, 'device', device, 'tag', tag],
    ...['batchsize', batching.size, 'minbatchsize', batching.sizeMin],
    ...['inputs', inputNames, 'outputs', outputNames],
    ...['minbatchtimeout', batching.timeoutMs],
  ];
}

/** One bulk, or a list of them where the model is longer than MODEL_CHUNK_SIZE: not more than CHUNKS_MAX of them. */
function blobReply(session: Session, { source: { blob } }: StoredModel): Reply {
  const size = Math.max(aiModule(session).modelChunkBytes, Math.ceil(blob.length / CHUNKS_MAX));
  if (blob.length <= size) return blob;
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < blob.length; at += size) chunks.push(blob.subarray(at, at + size));
  return chunks;
}

function modelDel(session: Session, args: Args): Reply {
  if (args.length !== 2) throw new ReplyError(AI_ERRORS.arity('ai.modeldel'));
  const key = args.text(1);
  openModel(session, key);
  session.database.delete(key);
  return OK;
}

/** Looks at every key of the database: meant for people, not for a hot path. */
function modelScan(session: Session, args: Args): Reply {
  if (args.length !== 1) throw new ReplyError(AI_ERRORS.arity('ai._modelscan'));
  const found: Reply[] = [];
  for (const key of session.database.keys()) {
    const value = session.database.entry(key)?.value;
    if (value instanceof ModelValue) found.push([key, value.model.settings.tag]);
  }
  return found;
}

export const MODEL_COMMANDS: readonly Command[] = [
  aiCommand('ai.modelstore', WRITE, modelStore, { keyAt: 1 }),
  aiCommand('ai.modelset', WRITE, modelSet, { keyAt: 1 }),
  aiCommand('ai.modelget', READ, modelGet, { keyAt: 1 }),
  aiCommand('ai.modeldel', REMOVE, modelDel, { keyAt: 1 }),
  aiCommand('ai._modelscan', READ, modelScan),
];
