// The DAG of one transaction, written down once more and run directly against an engine: nothing of src/stream is used, so that
// what the stream sends can be held against it.
import type { Redis } from 'ioredis';

export interface DagScores {
  readonly score: number;
  readonly scoreA: number;
  readonly scoreB: number;
}

/** `keys` are hashes of references, newest first. */
export async function dagScores(
  redis: Redis,
  tag: string,
  features: Float32Array,
  keys: readonly string[],
): Promise<DagScores> {
  const blob = Buffer.from(features.buffer, features.byteOffset, features.byteLength);
  const keyWords = keys.length === 0 ? [] : ['KEYS', String(keys.length), ...keys];
  const inputs = ['INPUTS', '2', 'transaction', 'reference'];
  const [script, model] = [`helper_script{${tag}}`, `fraud_detection_model{${tag}}`];
  // prettier-ignore
  const reply = await redis.callBuffer('AI.DAGEXECUTE', 'ROUTING', `{${tag}}`,
    '|>', 'AI.TENSORSET', 'transaction', 'FLOAT', '1', '30', 'BLOB', blob,
    '|>', 'AI.SCRIPTEXECUTE', script, 'hashes_to_tensor', ...keyWords, 'OUTPUTS', '1', 'reference',
    '|>', 'AI.MODELEXECUTE', `${model}_CPU`, ...inputs, 'OUTPUTS', '1', 'a',
    '|>', 'AI.MODELEXECUTE', `${model}_CPU:1`, ...inputs, 'OUTPUTS', '1', 'b',
    '|>', 'AI.SCRIPTEXECUTE', script, 'post_processing', 'INPUTS', '2', 'a', 'b', 'OUTPUTS', '1', `result{${tag}}`,
    '|>', 'AI.TENSORGET', 'a', 'BLOB', '|>', 'AI.TENSORGET', 'b', 'BLOB', '|>', 'AI.TENSORGET', `result{${tag}}`, 'BLOB',
  );
  const [scoreA, scoreB, score] = (reply as unknown[]).slice(-3).map(firstFloat) as [number, number, number];
  return { score, scoreA, scoreB };
}

function firstFloat(reply: unknown): number {
  if (Buffer.isBuffer(reply) && reply.length === 8) return reply.readFloatLE(0);
  throw new Error(`the engine does not answer the suite's own DAG: ${String(reply)}`);
}
