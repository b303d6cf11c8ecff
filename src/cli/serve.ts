// `fraudstream serve`: the embedded engine by itself, for any Redis client.
import { startEngine, type EngineEvent } from '../redisai/index.ts';
import type { Log } from '../telemetry/logger.ts';
import type { CommandContext } from './command-context.ts';
import { stdinClosed, untilAborted } from './interruption.ts';

const BYTES_PER_MEBIBYTE = 1_048_576;

export async function runServe({ settings, log, signal, print }: CommandContext): Promise<undefined> {
  const { host, port, socket, enginePassword } = settings;
  const engine = await startEngine({
    ...(socket === undefined ? { host, port } : { socketPath: socket }),
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

function logEvent(log: Log, event: EngineEvent): void {
  const { kind, ...fields } = event;
  if (event.kind === 'defect' || event.kind === 'snapshot failed') log.error({ err: event.error }, kind);
  else log[kind === 'client dropped' || kind === 'cross-protocol attempt' ? 'warn' : 'info'](fields, kind);
}
