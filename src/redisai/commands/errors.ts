// The words of every error reply of the data commands, as Redis 7.0 has them.
import { ErrorReply } from '../resp/reply.ts';

export const WRONG_TYPE = new ErrorReply('WRONGTYPE Operation against a key holding the wrong kind of value');
export const SYNTAX = new ErrorReply('ERR syntax error');
export const NOT_AN_INTEGER = new ErrorReply('ERR value is not an integer or out of range');
export const NOT_A_FLOAT = new ErrorReply('ERR value is not a valid float');
export const OUT_OF_RANGE = new ErrorReply('ERR value is out of range');
export const MUST_BE_POSITIVE = new ErrorReply('ERR value is out of range, must be positive');
export const INDEX_OUT_OF_RANGE = new ErrorReply('ERR index out of range');
export const OFFSET_OUT_OF_RANGE = new ErrorReply('ERR offset is out of range');
export const STRING_TOO_LONG = new ErrorReply('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
export const BIT_OFFSET = new ErrorReply('ERR bit offset is not an integer or out of range');
export const BIT_VALUE = new ErrorReply('ERR bit is not an integer or out of range');
export const BIT_ARGUMENT = new ErrorReply('ERR The bit argument must be 1 or 0.');
export const BITOP_NOT = new ErrorReply('ERR BITOP NOT must be called with a single source key.');
export const OVERFLOW = new ErrorReply('ERR increment or decrement would overflow');
export const DECREMENT_OVERFLOW = new ErrorReply('ERR decrement would overflow');
export const NAN_OR_INFINITY = new ErrorReply('ERR increment would produce NaN or Infinity');
export const VALUE_NOT_FINITE = new ErrorReply('ERR value is NaN or Infinity');
export const NAN_SCORE = new ErrorReply('ERR resulting score is not a number (NaN)');
export const HASH_NOT_AN_INTEGER = new ErrorReply('ERR hash value is not an integer');
export const HASH_NOT_A_FLOAT = new ErrorReply('ERR hash value is not a float');
export const NO_SUCH_KEY = new ErrorReply('ERR no such key');
export const NO_SUCH_USER = new ErrorReply('ERR no such user');
export const MIN_MAX_FLOAT = new ErrorReply('ERR min or max is not a float');
export const MIN_MAX_STRING = new ErrorReply('ERR min or max not valid string range item');
export const INVALID_CURSOR = new ErrorReply('ERR invalid cursor');
export const DB_OUT_OF_RANGE = new ErrorReply('ERR DB index is out of range');
export const SAME_OBJECT = new ErrorReply('ERR source and destination objects are the same');
export const BUSY_KEY = new ErrorReply('BUSYKEY Target key name already exists.');
export const BAD_DUMP = new ErrorReply('ERR DUMP payload version or checksum are wrong');
export const NO_CLUSTER = new ErrorReply('ERR This instance has cluster support disabled');
export const MIGRATE_KEYS = new ErrorReply(
  'ERR When using MIGRATE KEYS option, the key argument must be set to the empty string',
);
export const MIGRATE_WRITING = new ErrorReply('IOERR error or timeout writing to target instance');
export const MIGRATE_READING = new ErrorReply('IOERR error or timeout reading from target instance');
export const MIGRATE_WRITTEN = new ErrorReply('ERR the key was written again and again while it was sent');
export const TIMEOUT_NOT_A_FLOAT = new ErrorReply('ERR timeout is not a float or out of range');
export const TIMEOUT_NOT_AN_INTEGER = new ErrorReply('ERR timeout is not an integer or out of range');
export const TIMEOUT_NEGATIVE = new ErrorReply('ERR timeout is negative');
export const NUMKEYS_POSITIVE = new ErrorReply('ERR numkeys should be greater than 0');
export const COUNT_POSITIVE = new ErrorReply('ERR count should be greater than 0');
export const LIMIT_NEGATIVE = new ErrorReply("ERR LIMIT can't be negative");
export const TOO_MANY_KEYS = new ErrorReply("ERR Number of keys can't be greater than number of args");
export const NEGATIVE_KEYS = new ErrorReply("ERR Number of keys can't be negative");
export const WEIGHT_NOT_A_FLOAT = new ErrorReply('ERR weight value is not a float');
export const OUT_OF_MEMORY = new ErrorReply("OOM command not allowed when used memory > 'maxmemory'.");
export const NO_AUTH = new ErrorReply('NOAUTH Authentication required.');
export const WRONG_PASSWORD = new ErrorReply('WRONGPASS invalid username-password pair or user is disabled.');
export const NO_PASSWORD_SET = new ErrorReply(
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
);
export const NO_PROTOCOL = new ErrorReply('NOPROTO unsupported protocol version');
export const NESTED_MULTI = new ErrorReply('ERR MULTI calls can not be nested');
export const EXEC_WITHOUT_MULTI = new ErrorReply('ERR EXEC without MULTI');
export const DISCARD_WITHOUT_MULTI = new ErrorReply('ERR DISCARD without MULTI');
export const WATCH_IN_MULTI = new ErrorReply('ERR WATCH inside MULTI is not allowed');
export const EXEC_ABORT = new ErrorReply('EXECABORT Transaction discarded because of previous errors.');
export const BIG_TRANSACTION = new ErrorReply('ERR the transaction is larger than a request may be');
export const NOT_IN_MULTI = new ErrorReply('ERR Command not allowed inside a transaction');
export const NOT_FROM_SCRIPT = new ErrorReply('ERR This Redis command is not allowed from script');
export const UNKNOWN_FROM_SCRIPT = new ErrorReply('ERR Unknown Redis command called from script');
export const ARITY_FROM_SCRIPT = new ErrorReply('ERR Wrong number of args calling Redis command from script');
export const NO_SCRIPTS = new ErrorReply('ERR Lua scripts are not supported by this server');
export const NO_SUCH_SCRIPT = new ErrorReply('NOSCRIPT No matching script. Please use EVAL.');
export const UNBLOCKED = new ErrorReply('UNBLOCKED client unblocked via CLIENT UNBLOCK');
export const NO_KEY_PERMISSION = new ErrorReply(
  'NOPERM this user has no permissions to access one of the keys used as arguments',
);
export const KEYS_UNKNOWN = new ErrorReply('ERR The command has no key arguments');
export const KEYS_ARITY = new ErrorReply('ERR Invalid number of arguments specified for command');
export const KEYS_COMMAND = new ErrorReply('ERR Invalid command specified');

export function execAborted(cause: ErrorReply): ErrorReply {
  return new ErrorReply(`EXECABORT Transaction discarded because of: ${cause.text.replace(/^ERR /, '')}`);
}

/** `name` as COMMAND lists it. */
export function wrongArity(name: string): ErrorReply {
  return new ErrorReply(`ERR wrong number of arguments for '${name}' command`);
}

export function unknownSubcommand(container: string, subcommand: string): ErrorReply {
  return new ErrorReply(`ERR unknown subcommand '${subcommand.slice(0, 128)}'. Try ${container.toUpperCase()} HELP.`);
}

export function invalidExpire(command: string): ErrorReply {
  return new ErrorReply(`ERR invalid expire time in '${command}' command`);
}

/** `option`: BY or GET, which read keys that the arguments do not name. */
export function sortDenied(option: string): string {
  return `ERR ${option} option of SORT denied due to insufficient ACL permissions`;
}

export function noCommandPermission(command: string): ErrorReply {
  return new ErrorReply(`NOPERM this user has no permissions to run the '${command}' command`);
}
