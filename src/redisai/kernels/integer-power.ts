// Powers of 64-bit integers, which wrap; a bigint on its own would grow until memory ends.

const SQUARINGS_MAX = 64;

/** x to the power y modulo 2^64; a negative y leaves only 1 and -1 something but 0. */
export function powInt64(x: bigint, y: bigint): bigint {
  if (y < 0n) return x === 1n ? 1n : x === -1n ? (y % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  let square = x;
  let rest = y;
  for (let i = 0; i < SQUARINGS_MAX && rest > 0n; i += 1, rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}
