// Processor time of another process, where the system tells (Linux).
import { readFileSync } from 'node:fs';

/** What Linux counts in, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;
/** utime and stime, counted from behind the name, which may hold anything. */
const [USER_FIELD, SYSTEM_FIELD] = [11, 12];

/** Seconds since it started, all its threads; undefined where there is no such process, or no such system. */
export function processCpuSeconds(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER_FIELD]) + Number(fields[SYSTEM_FIELD])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
