// The sections of INFO, as lines `field:value`.
import { arch, platform, release } from 'node:os';
import type { Engine, InfoSection } from './engine.ts';
import { modeOf, REDIS_VERSION } from './connection-commands.ts';

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function server(engine: Engine): string[] {
  const uptimeSeconds = seconds(Date.now() - engine.startedAtMs);
  return [
    `redis_version:${REDIS_VERSION}`,
    'redis_git_sha1:00000000',
    'redis_git_dirty:0',
    'redis_build_id:0',
    `redis_mode:${modeOf(engine)}`,
    `os:${platform()} ${release()} ${arch()}`,
    'arch_bits:64',
    'multiplexing_api:libuv',
    'atomicvar_api:none',
    `process_id:${process.pid}`,
    'process_supervised:no',
    `run_id:${engine.runId}`,
    `tcp_port:${engine.settings.port}`,
    `server_time_usec:${Date.now() * 1000}`,
    `uptime_in_seconds:${uptimeSeconds}`,
    `uptime_in_days:${Math.floor(uptimeSeconds / 86_400)}`,
    'hz:10',
    'configured_hz:10',
    'lru_clock:0',
    `executable:${process.execPath}`,
    'config_file:',
    'io_threads_active:0',
  ];
}

function clients(engine: Engine): string[] {
  const blocked = [...engine.sessions.values()].filter((session) => session.blocked !== undefined).length;
  return [
    `connected_clients:${engine.sessions.size}`,
    'cluster_connections:0',
    `maxclients:${engine.settings.maxClients}`,
    'client_recent_max_input_buffer:0',
    'client_recent_max_output_buffer:0',
    `blocked_clients:${blocked}`,
    'tracking_clients:0',
    'clients_in_timeout_table:0',
  ];
}

const UNITS = ['B', 'K', 'M', 'G', 'T'];

function human(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return power === 0 ? `${bytes}B` : `${(bytes / 1024 ** power).toFixed(2)}${UNITS[power]!}`;
}

function memory(engine: Engine): string[] {
  const { usedBytes } = engine.keyspace;
  const peak = Math.max(engine.statistics.peakBytes, usedBytes);
  const { rss, heapTotal } = process.memoryUsage();
  const limit = engine.settings.maxMemoryBytes;
  return [
    `used_memory:${usedBytes}`,
    `used_memory_human:${human(usedBytes)}`,
    `used_memory_rss:${rss}`,
    `used_memory_rss_human:${human(rss)}`,
    `used_memory_peak:${peak}`,
    `used_memory_peak_human:${human(peak)}`,
    `used_memory_dataset:${usedBytes}`,
    `total_system_memory:0`,
    `allocator_allocated:${heapTotal}`,
    `maxmemory:${limit}`,
    `maxmemory_human:${human(limit)}`,
    'maxmemory_policy:noeviction',
    `mem_fragmentation_ratio:${(rss / Math.max(1, usedBytes)).toFixed(2)}`,
    'mem_allocator:v8',
    'active_defrag_running:0',
    'lazyfree_pending_objects:0',
  ];
}

function persistence({ persistence: snapshots, keyspace, startedAtMs }: Engine): string[] {
  return [
    'loading:0',
    'async_loading:0',
    `rdb_changes_since_last_save:${snapshots?.changesSinceSave ?? keyspace.changes}`,
    `rdb_bgsave_in_progress:${snapshots?.isSaving === true ? 1 : 0}`,
    `rdb_last_save_time:${seconds(snapshots?.lastSavedAtMs ?? startedAtMs)}`,
    `rdb_last_bgsave_status:${snapshots?.hasFailed === true ? 'err' : 'ok'}`,
    'aof_enabled:0',
    'aof_rewrite_in_progress:0',
    'aof_last_write_status:ok',
  ];
}

function stats(engine: Engine): string[] {
  const { statistics, keyspace } = engine;
  const errors = [...statistics.errors.values()].reduce((sum, count) => sum + count, 0);
  return [
    `total_connections_received:${statistics.connectionsReceived}`,
    `total_commands_processed:${statistics.commandsProcessed}`,
    'instantaneous_ops_per_sec:0',
    `total_net_input_bytes:${statistics.inputBytes}`,
    `total_net_output_bytes:${statistics.outputBytes}`,
    `rejected_connections:${statistics.connectionsRejected}`,
    `expired_keys:${keyspace.expiredKeys}`,
    'evicted_keys:0',
    `keyspace_hits:${keyspace.hits}`,
    `keyspace_misses:${keyspace.misses}`,
    'pubsub_channels:0',
    'pubsub_patterns:0',
    'latest_fork_usec:0',
    `total_error_replies:${errors}`,
    `unexpected_error_replies:0`,
    `acl_access_denied_auth:0`,
  ];
}

function replication(engine: Engine): string[] {
  return [
    'role:master',
    'connected_slaves:0',
    'master_failover_state:no-failover',
    `master_replid:${engine.runId}`,
    `master_replid2:${'0'.repeat(40)}`,
    'master_repl_offset:0',
    'second_repl_offset:-1',
    'repl_backlog_active:0',
    'repl_backlog_size:1048576',
    'repl_backlog_first_byte_offset:0',
    'repl_backlog_histlen:0',
  ];
}

function cpu(): string[] {
  const { system, user } = process.cpuUsage();
  return [
    `used_cpu_sys:${(system / 1e6).toFixed(6)}`,
    `used_cpu_user:${(user / 1e6).toFixed(6)}`,
    'used_cpu_sys_children:0.000000',
    'used_cpu_user_children:0.000000',
  ];
}

function commandstats(engine: Engine): string[] {
  return Array.from(engine.statistics.commands, ([name, { calls, microseconds, rejected, failed }]) => {
    const perCall = calls === 0 ? 0 : microseconds / calls;
    const usec = `usec=${Math.round(microseconds)},usec_per_call=${perCall.toFixed(2)}`;
    return `cmdstat_${name}:calls=${calls},${usec},rejected_calls=${rejected},failed_calls=${failed}`;
  });
}

function keyspace(engine: Engine): string[] {
  return engine.keyspace.databases
    .filter((database) => database.size > 0)
    .map((database) => `db${database.index}:keys=${database.size},expires=${database.expiringCount},avg_ttl=0`);
}

interface SectionSource {
  readonly name: string;
  /** Shown by a bare INFO. */
  readonly byDefault: boolean;
  readonly lines: (engine: Engine) => readonly string[];
}

const MODULE_LINE = 'module:name=ai,ver=10207,api=1,filters=0,usedby=[],using=[],options=[handle-io-errors]';

const SECTIONS: readonly SectionSource[] = [
  { name: 'Server', byDefault: true, lines: server },
  { name: 'Clients', byDefault: true, lines: clients },
  { name: 'Memory', byDefault: true, lines: memory },
  { name: 'Persistence', byDefault: true, lines: persistence },
  { name: 'Stats', byDefault: true, lines: stats },
  { name: 'Replication', byDefault: true, lines: replication },
  { name: 'CPU', byDefault: true, lines: cpu },
  { name: 'Modules', byDefault: true, lines: () => [MODULE_LINE] },
  { name: 'Commandstats', byDefault: false, lines: commandstats },
  {
    name: 'Errorstats',
    byDefault: true,
    lines: (engine) => Array.from(engine.statistics.errors, ([word, count]) => `errorstat_${word}:count=${count}`),
  },
  {
    name: 'Cluster',
    byDefault: true,
    lines: ({ cluster }) => [`cluster_enabled:${cluster === undefined ? 0 : 1}`],
  },
  { name: 'Keyspace', byDefault: true, lines: keyspace },
];

const EVERYTHING = new Set(['all', 'everything']);

/** The text of INFO for these words (lower case); none means the default sections. */
export function infoText(engine: Engine, words: readonly string[]): string {
  const isDefault = words.length === 0 || words.includes('default');
  const isAll = words.some((word) => EVERYTHING.has(word));
  const builtIn = SECTIONS.filter(
    ({ name, byDefault }) => isAll || (isDefault && byDefault) || words.includes(name.toLowerCase()),
  ).map(({ name, lines }): InfoSection => ({ name, lines: lines(engine) }));
  return [...builtIn, ...moduleSections(engine, words)]
    .map(({ name, lines }) => [`# ${name}`, ...lines, ''].join('\r\n'))
    .join('\r\n');
}

/** A module's sections are shown by their own names (`ai_git`), by the module's (`ai`), by `modules` and `everything`. */
function moduleSections(engine: Engine, words: readonly string[]): readonly InfoSection[] {
  const sections = engine.module?.infoSections() ?? [];
  if (words.includes('everything') || words.includes('modules')) return sections;
  return sections.filter(({ name }) => words.includes(name.toLowerCase()) || words.includes(name.split('_')[0]!));
}
