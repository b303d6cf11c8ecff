// Where the engine answers otherwise than the recorded RedisAI on purpose: line of the recording → reason.
const NO_LUA = 'EVAL is refused: the engine has no Lua';
const STATISTICS_BY_VALUE = 'AI.INFO follows a model through RENAME; RedisAI goes on counting under the old name';
const NO_CUT = 'a value with a zero byte is no number; RedisAI cuts it off there, without a word';

export const deviations: ReadonlyMap<number, string> = new Map([
  [758, STATISTICS_BY_VALUE],
  [759, STATISTICS_BY_VALUE],
  [904, NO_CUT],
  [906, NO_CUT],
  [1218, 'MODULE LIST names no file and no arguments: nothing was loaded from one'],
  [1297, NO_LUA],
  [1298, NO_LUA],
  [1299, NO_LUA],
]);
