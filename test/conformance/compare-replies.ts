// Decides whether a reply is the one that was recorded, and says in words where it is not.
import type { TypedReply } from '../helpers/resp2-client.ts';
import type { RecordedLine } from './recording.ts';

/** Relative difference allowed between numbers that models and scripts computed: a few units of a float's last place. */
const TOLERANCE = 1e-6;
/** Groups in which every byte must agree: nothing in them is computed. */
const EXACT = /^(setup|tensor|loader)/;
const NUMBER = /^-?\d+(\.\d+)?(e[+-]\d+)?$/;

interface Rules {
  readonly varies: boolean;
  readonly loose: boolean;
  readonly exact: boolean;
}

/** Undefined when `actual` is what was recorded, else what is wrong. */
export function mismatch(line: RecordedLine, actual: TypedReply): string | undefined {
  const expected = line.extra.find((reply) => reply.t === 'error') ?? line.reply;
  const rules = { varies: line.varies, loose: line.loose, exact: EXACT.test(line.group) };
  // Whether a deadline of a millisecond is met is a matter of luck: TIMEDOUT or the result.
  if (line.varies && expected.t === 'status' && expected.v === 'TIMEDOUT') return undefined;
  return agree(expected, actual, rules) ? undefined : `expected ${show(expected)}, got ${show(actual)}`;
}

function agree(expected: TypedReply, actual: TypedReply, rules: Rules): boolean {
  if (expected.t === 'array') {
    return (
      actual.t === 'array' &&
      actual.v.length === expected.v.length &&
      expected.v.every((item, i) => agree(item, actual.v[i]!, rules))
    );
  }
  if (expected.t !== actual.t) return false;
  if (rules.varies) return true;
  if (expected.t === 'error') return rules.loose || expected.v === (actual as { v: string }).v;
  if (expected.t === 'null') return expected.nil === (actual as { nil: string }).nil;
  if (expected.t === 'bulk') return sameBulk(expected.v, (actual as { v: Buffer }).v, rules);
  return expected.v === (actual as { v: string | number }).v;
}

function sameBulk(expected: Buffer, actual: Buffer, rules: Rules): boolean {
  if (expected.equals(actual)) return true;
  return !rules.exact && (sameNumbers(expected, actual) || sameFloats(expected, actual));
}

/** Elements of VALUES. */
function sameNumbers(expected: Buffer, actual: Buffer): boolean {
  const [a, b] = [expected.toString('latin1'), actual.toString('latin1')];
  return NUMBER.test(a) && NUMBER.test(b) && isClose(Number(a), Number(b));
}

/** Bytes of a FLOAT tensor. */
function sameFloats(expected: Buffer, actual: Buffer): boolean {
  if (expected.length !== actual.length || expected.length % 4 !== 0) return false;
  for (let at = 0; at < expected.length; at += 4) {
    if (expected.readInt32LE(at) === actual.readInt32LE(at)) continue;
    if (!isClose(expected.readFloatLE(at), actual.readFloatLE(at))) return false;
  }
  return true;
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.abs(a);
}

function show(reply: TypedReply): string {
  switch (reply.t) {
    case 'status':
      return `+${reply.v}`;
    case 'error':
      return `-${reply.v}`;
    case 'int':
      return `:${reply.v}`;
    case 'null':
      return `null ${reply.nil}`;
    case 'bulk':
      return JSON.stringify(printable(reply.v));
    case 'array':
      return `[${reply.v.map(show).join(', ')}]`;
  }
}

/** Bytes as text of one line that any terminal can show. */
export function printable(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 120).replace(/[^\x20-\x7e]/g, '.');
}
