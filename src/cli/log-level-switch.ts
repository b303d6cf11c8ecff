// SIGUSR2: a running command's log at debug, and back again at the next one, without a restart.
import type { Log } from '../telemetry/logger.ts';

/** Listens until the returned function is called. */
export function switchLogLevelOnSignal(log: Log, signals: NodeJS.EventEmitter = process): () => void {
  const set = log.level;
  const toggle = (): void => {
    const level = log.level === 'debug' ? set : 'debug';
    // Told at the level of warnings, and before the lines it lets through or after those it ends.
    if (level !== 'debug') log.warn({ level }, 'log level changed');
    log.level = level;
    if (level === 'debug') log.warn({ level }, 'log level changed');
  };
  signals.on('SIGUSR2', toggle);
  return () => signals.off('SIGUSR2', toggle);
}
