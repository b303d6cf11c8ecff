// What a bench says first: on what it ran.
import { cpus, loadavg } from 'node:os';

/** The load average tells how much of the machine the figures had to share. */
export function describeMachine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `${model}, ${cpus().length} logical cores, Node ${process.version}, load average ${loadavg()[0]!.toFixed(1)} before`;
}
