// What a faulty engine may answer to a DAG, made from a good answer, and what has to become of the transaction.
//   good reply = *8  +OK ×5  tensor A  tensor B  [dtype FLOAT shape [1 2] blob <8 bytes>]
import { endOfValue } from './resp-splitter.ts';

export interface FaultyReply {
  readonly name: string;
  /** Class of the dead letter; undefined where the engine is asked again and the transaction scored. */
  readonly errorClass: string | undefined;
  readonly make: (good: Buffer) => Buffer;
}

/** The elements of an array reply, each with its own bytes. */
function elementsOf(reply: Buffer): Buffer[] {
  const elements: Buffer[] = [];
  const count = Number(reply.toString('latin1', 1, reply.indexOf('\r\n')));
  let from = reply.indexOf('\r\n') + 2;
  for (let item = 0; item < count; item++) {
    const end = endOfValue(reply, from)!;
    elements.push(reply.subarray(from, end));
    from = end;
  }
  return elements;
}

const arrayOf = (elements: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from(`*${elements.length}\r\n`), ...elements]);

const whole = (text: string) => (): Buffer => Buffer.from(text);

/** Elements replaced by position. */
const replaced =
  (changes: Readonly<Record<number, string>>) =>
  (good: Buffer): Buffer =>
    arrayOf(elementsOf(good).map((element, index) => (index in changes ? Buffer.from(changes[index]!) : element)));

const FLOATS_BYTES = 8;
const LINE_END_BYTES = 2;

/** The last blob holds another number. */
const withScore =
  (score: number) =>
  (good: Buffer): Buffer => {
    const changed = Buffer.from(good);
    changed.writeFloatLE(score, good.length - LINE_END_BYTES - FLOATS_BYTES);
    return changed;
  };

/** A text within the reply becomes another of the same length. */
const rewritten =
  (from: string, to: string) =>
  (good: Buffer): Buffer => {
    const changed = Buffer.from(good);
    const at = good.lastIndexOf(from);
    if (at < 0 || from.length !== to.length) throw new Error(`cannot write ${to} over ${from}`);
    changed.write(to, at, 'latin1');
    return changed;
  };

const NA = '+NA\r\n';
const SHORT_BLOB = '$4\r\n\0\0\0?\r\n';

/** Answered so every time: the transaction cannot be scored. */
export const LASTING: readonly FaultyReply[] = [
  {
    name: 'an operation fails, NA behind it',
    errorClass: 'operation-failed',
    make: replaced({ 2: '-ERR tensor shape mismatch\r\n', 3: NA, 4: NA, 5: NA, 6: NA, 7: NA }),
  },
  { name: 'NA instead of the result', errorClass: 'reply-shape', make: replaced({ 7: NA }) },
  { name: 'an error without ERR', errorClass: 'dag-refused', make: whole('-Number of keys given\r\n') },
  { name: 'null', errorClass: 'reply-shape', make: whole('$-1\r\n') },
  { name: 'a null array', errorClass: 'reply-shape', make: whole('*-1\r\n') },
  { name: 'an empty array', errorClass: 'reply-shape', make: whole('*0\r\n') },
  { name: 'one element less', errorClass: 'reply-shape', make: (good) => arrayOf(elementsOf(good).slice(0, -1)) },
  {
    name: 'one element more',
    errorClass: 'reply-shape',
    make: (good) => arrayOf([...elementsOf(good), Buffer.from(NA)]),
  },
  { name: 'another status', errorClass: 'reply-shape', make: replaced({ 1: '+QUEUED\r\n' }) },
  { name: 'null tensor', errorClass: 'reply-shape', make: replaced({ 6: '$-1\r\n' }) },
  { name: 'short blob', errorClass: 'reply-shape', make: replaced({ 5: SHORT_BLOB }) },
  { name: 'another dtype', errorClass: 'reply-shape', make: rewritten('FLOAT', 'INT32') },
  { name: 'another shape', errorClass: 'reply-shape', make: rewritten(':1\r\n:2', ':2\r\n:1') },
  { name: 'NaN', errorClass: 'score-not-finite', make: withScore(NaN) },
  { name: 'infinity', errorClass: 'score-not-finite', make: withScore(Infinity) },
  { name: '1.5', errorClass: 'score-out-of-range', make: withScore(1.5) },
  { name: '-0.1', errorClass: 'score-out-of-range', make: withScore(-0.1) },
];

/** Answered so once: asked again, the engine does what it should. */
export const PASSING: readonly FaultyReply[] = [
  { name: 'TIMEDOUT', errorClass: undefined, make: whole('+TIMEDOUT\r\n') },
  { name: 'LOADING', errorClass: undefined, make: whole('-LOADING Redis is loading the dataset in memory\r\n') },
  { name: 'OOM', errorClass: undefined, make: whole("-OOM command not allowed when used memory > 'maxmemory'.\r\n") },
  { name: 'MOVED', errorClass: undefined, make: whole('-MOVED 1 127.0.0.1:1\r\n') },
];
