// The one Lua script that scripts may run here, for the engine has no Lua: the values of the hashes that a range of a sorted
// set names. A script that runs it on RedisAI, where one call is quicker than many, gets the same text here.
import { RedisString, ScriptError, type RedisValue } from '../script/script.ts';

/**
 * KEYS: the sorted set. ARGV: the highest and the lowest score, a member to be left out, how many members at most.
 * Gives the number of members, how many of them are hashes that are there, and the values of these, parted by blanks.
 */
export const ROWS_OF_RANGE = [
  'local out = {0, 0}',
  "local newest = redis.call('ZREVRANGEBYSCORE', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[4] + 1)",
  'for _, key in ipairs(newest) do',
  'if key ~= ARGV[3] and out[1] < tonumber(ARGV[4]) then',
  'out[1] = out[1] + 1',
  "local values = redis.call('HVALS', key)",
  'if #values > 0 then out[2] = out[2] + 1 end',
  'for _, value in ipairs(values) do out[#out + 1] = value end',
  'end',
  'end',
  "return table.concat(out, ' ')",
].join(' ');

/** What EVAL of it answers. @throws ScriptError as `execute` does */
export function rowsOfRange(
  [set, highest, lowest, leftOut, limit]: readonly string[],
  execute: (command: string, args: readonly string[]) => readonly string[],
): RedisValue {
  const most = Number(limit);
  if (set === undefined || !Number.isSafeInteger(most)) throw new ScriptError('EVAL: one key and four arguments');
  const range = execute('ZREVRANGEBYSCORE', [set, highest!, lowest!, 'LIMIT', '0', String(most + 1)]);
  const members = range.filter((member) => member !== leftOut).slice(0, most);
  const rows = members.map((member) => execute('HVALS', [member]));
  const present = rows.filter(({ length }) => length > 0).length;
  return new RedisString([members.length, present, ...rows.flat()].join(' '));
}
