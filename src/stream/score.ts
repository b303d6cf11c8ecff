// Step 5 of the road: the reply to a DAG → a score. RedisAI reports failures inside a successful reply, so everything is
// checked: how many elements, of which type, dtype, shape, byte length, finite, between 0 and 1.
//   reply  = OK OK OK OK OK tensorA tensorB result [counted]   the steps of dag.ts in their order
//   tensorA, tensorB = 8 bytes                           FLOAT (1, 2): fraud, genuine
//   counted = 8 bytes                                    FLOAT (2): references, and those of them that are there
//   result = dtype FLOAT shape [1 2] blob <8 bytes>
import { messageOf } from '../core/errors.ts';
import { describeReply, type Reply } from './engine/reply.ts';
import { SoundReply } from './engine/sound-reply.ts';
import { isTimedOut } from './engine/verdict.ts';
import { recordFault, type RecordFault } from './record-fault.ts';

export interface DeviceScores {
  /** What post_processing makes of both: their mean. */
  readonly score: number;
  readonly scoreA: number;
  readonly scoreB: number;
  /** Of the references, where the script looked them up: how many, and how many are there still. */
  readonly counted?: readonly [number, number] | undefined;
}

const STEPS = [
  'AI.TENSORSET',
  'hashes_to_tensor',
  'model A',
  'model B',
  'post_processing',
  'get A',
  'get B',
  'get result',
  'get counted',
];
const EXECUTED = 5;
const TENSOR_BYTES = 8;

/**
 * A transaction's scores, or what is wrong with the reply. `attempts` says how often the DAG was run, `isCounted` whether the
 * script looked the references up.
 */
export function readScores(reply: Reply, attempts: number, isCounted = false): DeviceScores | RecordFault {
  const fault: MakeFault = (errorClass, reason) => recordFault('score', errorClass, reason, attempts);
  if (reply instanceof SoundReply && (reply.counted !== undefined) === isCounted) return inRange(reply, fault);
  if (reply instanceof Error) return fault('dag-refused', messageOf(reply));
  if (isTimedOut(reply)) return fault('timed-out', `the engine gave up on it ${attempts} times`);
  if (!Array.isArray(reply)) return fault('reply-shape', describeReply(reply));
  const elements = reply as readonly Reply[];
  const failed = elements.findIndex((element) => element instanceof Error);
  if (failed >= 0) return fault('operation-failed', `${STEPS[failed] ?? 'a step'}: ${describeReply(elements[failed])}`);
  const tensors = readTensors(elements, isCounted);
  if (tensors === undefined) return fault('reply-shape', describeReply(elements));
  const [scoreA, scoreB, score, counted] = tensors;
  return inRange(
    {
      score: score!.readFloatLE(0),
      scoreA: scoreA!.readFloatLE(0),
      scoreB: scoreB!.readFloatLE(0),
      counted: counted === undefined ? undefined : [counted.readFloatLE(0), counted.readFloatLE(4)],
    },
    fault,
  );
}

type MakeFault = (errorClass: RecordFault['errorClass'], reason: string) => RecordFault;

function inRange(scores: DeviceScores, fault: MakeFault): DeviceScores | RecordFault {
  const { score, scoreA, scoreB, counted } = scores;
  if (counted !== undefined && !areCounts(counted)) return fault('reply-shape', `counted ${counted.join(' and ')}`);
  if (isProbability(score) && isProbability(scoreA) && isProbability(scoreB)) return scores;
  const bad = [score, scoreA, scoreB].find((value) => !isProbability(value))!;
  return fault(Number.isFinite(bad) ? 'score-out-of-range' : 'score-not-finite', String(bad));
}

/** NaN is none. */
const isProbability = (value: number): boolean => value >= 0 && value <= 1;

const areCounts = ([references, present]: readonly [number, number]): boolean =>
  Number.isInteger(references) && Number.isInteger(present) && present >= 0 && present <= references;

function readTensors(elements: readonly Reply[], isCounted: boolean): readonly Buffer[] | undefined {
  if (elements.length !== STEPS.length - (isCounted ? 0 : 1)) return undefined;
  if (!elements.slice(0, EXECUTED).every((element) => isWord(element, 'OK'))) return undefined;
  const tensors = [elements[5], elements[6], blobOf(elements[7]), ...elements.slice(8)];
  return tensors.every(isTensor) ? tensors : undefined;
}

function isTensor(element: Reply): element is Buffer {
  return Buffer.isBuffer(element) && element.length === TENSOR_BYTES;
}

/** The blob of a tensor that says of itself that it is FLOAT (1, 2). */
function blobOf(element: Reply): Reply {
  if (!Array.isArray(element) || element.length !== 6) return undefined;
  const [dtypeWord, dtype, shapeWord, shape, blobWord, blob] = element as readonly Reply[];
  const described =
    isWord(dtypeWord, 'dtype') && isWord(dtype, 'FLOAT') && isWord(shapeWord, 'shape') && isWord(blobWord, 'blob');
  const isRow = Array.isArray(shape) && shape.length === 2 && shape[0] === 1 && shape[1] === 2;
  return described && isRow ? blob : undefined;
}

function isWord(element: Reply, word: string): boolean {
  return Buffer.isBuffer(element)
    ? element.length === word.length && element.toString('latin1') === word
    : element === word;
}
