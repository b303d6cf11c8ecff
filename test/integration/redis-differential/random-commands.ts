// Random commands over a few keys and values, the same for the same seed. None of them draws at random itself.

const KEYS = ['a', 'b', 'c', '__proto__'];
const MEMBERS = ['x', 'y', 'z', '', 'constructor', '\xff\x00'];
const NUMBERS = ['0', '1', '-1', '2', '5', '-3', '100', '1.5', 'inf', '-inf', 'x', '9223372036854775807'];
const BOUNDS = [...NUMBERS, '(1', '(2', '-inf', '+inf', '+', '-', '[x', '(y', '[z'];

/** k key, m member or value, n number, b bound of a range; other words stand for themselves; a|b is one of them. */
const TEMPLATES = `
SET k m|SET k n|GET k|GETSET k m|APPEND k m|STRLEN k|SETRANGE k 2 m|GETRANGE k n n|INCR k|INCRBY k n|INCRBYFLOAT k n
SETNX k m|MSET k m k m|MGET k k k|SETBIT k 5 1|GETBIT k 5|BITCOUNT k|BITCOUNT k n n|BITPOS k 1|BITOP XOR k k k|GETDEL k
HSET k m m|HSET k m n m m|HGET k m|HMGET k m m|HDEL k m|HGETALL k|HLEN k|HINCRBY k m n|HEXISTS k m|HVALS k|HSETNX k m m
LPUSH k m m|RPUSH k m m m|LPOP k|RPOP k n|LRANGE k n n|LTRIM k n n|LREM k n m|LSET k n m|LINDEX k n|LLEN k
LINSERT k BEFORE m m|LPOS k m COUNT 0|LPOS k m RANK n|LMOVE k k LEFT RIGHT|RPOPLPUSH k k|LMPOP 2 k k LEFT COUNT 2
SADD k m m|SREM k m|SISMEMBER k m|SCARD k|SMEMBERS k|SINTER k k|SUNION k k|SDIFF k k|SMOVE k k m|SINTERSTORE k k k
SUNIONSTORE k k k|SDIFFSTORE k k k|SINTERCARD 2 k k|SMISMEMBER k m m
ZADD k n m|ZADD k n m n m n m|ZADD k GT CH n m|ZADD k NX n m|ZADD k LT INCR n m|ZINCRBY k n m|ZREM k m|ZSCORE k m
ZRANK k m|ZREVRANK k m|ZCARD k|ZCOUNT k b b|ZRANGE k n n|ZRANGE k n n REV WITHSCORES|ZRANGE k b b BYSCORE
ZRANGE k b b BYSCORE REV LIMIT n n|ZRANGEBYLEX k b b|ZRANGEBYSCORE k b b WITHSCORES LIMIT n n|ZREVRANGEBYSCORE k b b
ZREVRANGE k n n|ZPOPMIN k|ZPOPMAX k n|ZREMRANGEBYRANK k n n|ZREMRANGEBYSCORE k b b|ZLEXCOUNT k b b
ZUNIONSTORE k 2 k k|ZINTERSTORE k 2 k k WEIGHTS n n|ZDIFFSTORE k 2 k k|ZUNION 2 k k WITHSCORES|ZINTERCARD 2 k k
ZRANGESTORE k k n n|ZMSCORE k m m|ZMPOP 2 k k MIN
DEL k|DEL k|DEL k|EXISTS k k|TYPE k|RENAME k k|RENAMENX k k|COPY k k|COPY k k REPLACE|EXPIRE k 1000|TTL k|PERSIST k
DBSIZE|KEYS *|OBJECT ENCODING none|TOUCH k k|UNLINK k|MULTI|EXEC|EXEC|DISCARD|WATCH k|UNWATCH|SELECT 0
`
  .trim()
  .split(/[|\n]/);

/** mulberry32: small, and good enough to draw words. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function randomCommands(seed: number, count: number): string[][] {
  const random = generator(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)]!;
  const draw: Readonly<Record<string, () => string>> = {
    k: () => pick(KEYS),
    m: () => pick(MEMBERS),
    n: () => pick(NUMBERS),
    b: () => pick(BOUNDS),
  };
  return Array.from({ length: count }, () =>
    pick(TEMPLATES)
      .split(' ')
      .map((word) => draw[word]?.() ?? word),
  );
}
