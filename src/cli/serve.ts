// `fraudstream serve`: the embedded engine by itself, for any Redis client.
import { readNodesFile, startEngine, type EngineEvent, type EngineOptions } from '../redisai/index.ts';
import type { Settings } from '../config/settings.ts';
import type { Log } from '../telemetry/logger.ts';
import type { CommandContext } from './command-context.ts';
import { stdinClosed, untilAborted } from './interruption.ts';

const BYTES_PER_MEBIBYTE = 1_048_576;
const WARNINGS = new Set<EngineEvent['kind']>(['client dropped', 'cross-protocol attempt', 'not of this cluster']);

export async function runServe({ settings, log, signal, print }: CommandContext): Promise<undefined> {
  const { enginePassword } = settings;
  const engine = await startEngine({
    ...(await placeOf(settings)),
    ...(enginePassword === undefined ? {} : { password: enginePassword }),
    maxMemoryBytes: settings.memoryMebibytesMax * BYTES_PER_MEBIBYTE,
    maxClients: settings.clientsMax,
    ...(settings.dir === undefined ? {} : { dir: settings.dir }),
    snapshotSeconds: settings.snapshotSeconds,
    snapshotWrites: settings.snapshotWrites,
    log: (event) => {
      logEvent(log, event);
    },
  });
  // The only line on stdout, so that whoever starts it can read where it listens.
  print(`listening on ${engine.url}`);
  await Promise.race([untilAborted(signal), engine.stopped, ...(settings.exitWithStdin ? [stdinClosed()] : [])]);
  await engine.stop();
}

/** Where it listens. */
async function placeOf({ host, port, socket, cluster, me }: Settings): Promise<EngineOptions> {
  if (cluster !== undefined) return { cluster: { nodes: await readNodesFile(cluster), me: me! } };
  return socket === undefined ? { host, port } : { socketPath: socket };
}

function logEvent(log: Log, event: EngineEvent): void {
  const { kind, ...fields } = event;
  if (event.kind === 'defect' || event.kind === 'snapshot failed') log.error({ err: event.error }, kind);
  else log[WARNINGS.has(kind) ? 'warn' : 'info'](fields, kind);
}
