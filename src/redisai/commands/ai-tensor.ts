// AI.TENSORSET and AI.TENSORGET.
import type { Args } from '../resp/args.ts';
import { OK, type Reply } from '../resp/reply.ts';
import { tensorToBlob } from '../tensor/blob.ts';
import { parseTensor } from '../tensor/tensor-words.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { tensorToValues } from '../tensor/values.ts';
import { aiCommand, READ, WRITE } from './ai-command.ts';
import { AI_ERRORS } from './ai-errors.ts';
import { openTensor, requireFreeFor, storeTensors } from './ai-keys.ts';
import { ReplyError, type Command } from './command.ts';
import type { Session } from './session.ts';

/** Which parts of a tensor AI.TENSORGET asks for. */
export interface TensorFormat {
  readonly meta: boolean;
  readonly data: 'BLOB' | 'VALUES' | undefined;
}

const WHOLE: TensorFormat = { meta: true, data: 'BLOB' };
const BLOB_ONLY: TensorFormat = { meta: false, data: 'BLOB' };

/** AI.TENSORSET key dtype dim* [BLOB bytes | VALUES value*] */
function tensorSet(session: Session, args: Args): Reply {
  if (args.length < 4) throw new ReplyError(AI_ERRORS.arity('ai.tensorset'));
  const key = args.text(1);
  requireFreeFor(session, key, 'AI_TENSOR');
  storeTensors(session, [[key, parseTensor(args, 2, args.length)]]);
  return OK;
}

/** AI.TENSORGET key format*, at most four words */
function tensorGet(session: Session, args: Args): Reply {
  if (args.length < 2 || args.length > 4) throw new ReplyError(AI_ERRORS.arity('ai.tensorget'));
  const tensor = openTensor(session, args.text(1));
  return tensorReply(tensor, parseTensorFormat(args, 2, args.length));
}

/** format = META | BLOB | VALUES; none at all is META BLOB */
export function parseTensorFormat(args: Args, from: number, to: number): TensorFormat {
  if (from === to) return WHOLE;
  if (to - from === 1 && args.is(from, 'BLOB')) return BLOB_ONLY;
  const words: string[] = [];
  for (let i = from; i < to; i += 1) {
    const word = args.word(i);
    if (word !== 'META' && word !== 'BLOB' && word !== 'VALUES') throw new ReplyError(AI_ERRORS.badFormat);
    words.push(word);
  }
  const [blob, values] = [words.includes('BLOB'), words.includes('VALUES')];
  if (blob && values) throw new ReplyError(AI_ERRORS.blobAndValues);
  return { meta: words.includes('META'), data: blob ? 'BLOB' : values ? 'VALUES' : undefined };
}

/** Data alone is answered bare, everything else as a list of names and values. */
export function tensorReply(tensor: Tensor, { meta, data }: TensorFormat): Reply {
  if (!meta) return data === 'VALUES' ? tensorToValues(tensor) : tensorToBlob(tensor);
  const reply: Reply[] = ['dtype', tensor.dtype, 'shape', tensor.shape];
  if (data === 'BLOB') reply.push('blob', tensorToBlob(tensor));
  if (data === 'VALUES') reply.push('values', tensorToValues(tensor));
  return reply;
}

export const TENSOR_COMMANDS: readonly Command[] = [
  aiCommand('ai.tensorset', WRITE, tensorSet, { keyAt: 1 }),
  aiCommand('ai.tensorget', READ, tensorGet, { keyAt: 1 }),
];
