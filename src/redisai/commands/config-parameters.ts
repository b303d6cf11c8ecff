// The parameters of CONFIG GET and SET. Those that the engine goes by read and write Settings; those that only exist in
// Redis show the value that is true here and cannot be changed.
import { setDefaultPassword } from './access.ts';
import type { Engine } from './engine.ts';
import { parseInteger } from './numbers.ts';

export interface ConfigParameter {
  readonly get: (engine: Engine) => string;
  /** Takes the value and says what is wrong with it, if anything. Absent where it cannot be changed. */
  readonly set?: (engine: Engine, value: string) => string | undefined;
}

type NumberSetting =
  | 'maxMemoryBytes'
  | 'maxClients'
  | 'idleSecondsMax'
  | 'bulkBytesMax'
  | 'requestBytesMax'
  | 'argumentsMax'
  | 'requestSecondsMax'
  | 'outputBytesMax'
  | 'slowlogMicroseconds'
  | 'slowlogEntriesMax';

interface Range {
  readonly min: number;
  readonly max: number;
}

const MEMORY_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  k: 1000,
  kb: 1024,
  m: 1000 ** 2,
  mb: 1024 ** 2,
  g: 1000 ** 3,
  gb: 1024 ** 3,
};

const BYTES = /^(\d{1,15})(b|kb?|mb?|gb?)?$/i;

/** `100`, `64kb`, `1G`. */
function parseBytes(text: string): number | undefined {
  const match = BYTES.exec(text);
  return match === null ? undefined : Number(match[1]) * MEMORY_UNITS[match[2]?.toLowerCase() ?? 'b']!;
}

interface NumberFormat {
  readonly parse: (text: string) => number | undefined;
  readonly problem: string;
}

const INTEGER: NumberFormat = { parse: parseInteger, problem: "argument couldn't be parsed into an integer" };
const MEMORY: NumberFormat = { parse: parseBytes, problem: 'argument must be a memory value' };

function numeric(setting: NumberSetting, range: Range, format: NumberFormat): ConfigParameter {
  return {
    get: (engine) => String(engine.settings[setting]),
    set: (engine, text) => {
      const value = format.parse(text);
      if (value === undefined) return format.problem;
      if (value < range.min || value > range.max) {
        return `argument must be between ${range.min} and ${range.max} inclusive`;
      }
      engine.settings[setting] = value;
      return undefined;
    },
  };
}

const integer = (setting: NumberSetting, min: number, max: number): ConfigParameter =>
  numeric(setting, { min, max }, INTEGER);

const bytes = (setting: NumberSetting, min: number): ConfigParameter =>
  numeric(setting, { min, max: Number.MAX_SAFE_INTEGER }, MEMORY);

const fixed = (value: string): ConfigParameter => ({ get: () => value });

/** Can be set to the value that it has: what clients do to make sure. */
const unchanging = (value: string): ConfigParameter => ({
  get: () => value,
  set: (_, text) => (text === value ? undefined : 'this engine knows no other value'),
});

/** When snapshots are taken is decided where the engine is started. */
function keepSchedule({ persistence }: Engine, text: string): string | undefined {
  return text === (persistence?.schedule ?? '') ? undefined : 'this engine knows no other value';
}

const MEBIBYTE = 1024 * 1024;

export const CONFIG_PARAMETERS: ReadonlyMap<string, ConfigParameter> = new Map<string, ConfigParameter>([
  ['maxmemory', bytes('maxMemoryBytes', 0)],
  ['maxmemory-policy', unchanging('noeviction')],
  ['maxclients', integer('maxClients', 1, 100_000)],
  ['timeout', integer('idleSecondsMax', 0, 2 ** 31 - 1)],
  ['proto-max-bulk-len', bytes('bulkBytesMax', MEBIBYTE)],
  ['client-query-buffer-limit', bytes('requestBytesMax', MEBIBYTE)],
  // Redis has no names for these two.
  ['client-arguments-limit', integer('argumentsMax', 1024, 2 ** 24)],
  ['client-request-timeout', integer('requestSecondsMax', 1, 3600)],
  [
    'client-output-buffer-limit',
    {
      get: ({ settings }) =>
        `normal ${settings.outputBytesMax} 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60`,
    },
  ],
  ['slowlog-log-slower-than', integer('slowlogMicroseconds', -1, Number.MAX_SAFE_INTEGER)],
  ['slowlog-max-len', integer('slowlogEntriesMax', 0, 10_000)],
  [
    'requirepass',
    {
      get: ({ settings }) => settings.password,
      set: (engine, password) => setDefaultPassword(engine, password),
    },
  ],
  ['port', { get: ({ settings }) => String(settings.port) }],
  ['bind', { get: ({ settings }) => settings.host }],
  ['unixsocket', { get: ({ settings }) => settings.socketPath }],
  ['databases', { get: ({ keyspace }) => String(keyspace.databases.length) }],
  ['save', { get: ({ persistence }) => persistence?.schedule ?? '', set: keepSchedule }],
  ['appendonly', unchanging('no')],
  ['appendfsync', unchanging('everysec')],
  ['dir', { get: ({ persistence }) => persistence?.folder ?? '/' }],
  ['dbfilename', { get: ({ persistence }) => persistence?.fileName ?? '' }],
  ['daemonize', fixed('no')],
  ['cluster-enabled', { get: ({ cluster }) => (cluster === undefined ? 'no' : 'yes') }],
  ['cluster-require-full-coverage', unchanging('yes')],
  ['protected-mode', fixed('yes')],
  ['tcp-keepalive', fixed('300')],
  ['tcp-backlog', fixed('511')],
  ['io-threads', fixed('1')],
  ['hz', unchanging('10')],
  ['activedefrag', unchanging('no')],
  ['latency-monitor-threshold', unchanging('0')],
  ['notify-keyspace-events', unchanging('')],
  ['maxmemory-samples', unchanging('5')],
  ['hash-max-listpack-entries', fixed('128')],
  ['hash-max-listpack-value', fixed('64')],
  ['set-max-intset-entries', fixed('512')],
  ['zset-max-listpack-entries', fixed('128')],
  ['zset-max-listpack-value', fixed('64')],
  ['list-max-listpack-size', fixed('-2')],
]);
