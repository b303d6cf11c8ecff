// A script as AI.SCRIPTSTORE keeps it: its source, what it was compiled to, its counters.
import { compileScript } from '../script/compile.ts';
import type { CompiledScript } from '../script/script.ts';
import { RunStatistics } from './run-statistics.ts';

export interface ScriptSettings {
  /** As given: `CPU`, `cpu`, `CPU:1`. */
  readonly device: string;
  readonly tag: string;
  /** The functions named as ENTRY_POINTS; RedisAI reports them, but runs any function of the script. */
  readonly entryPoints: readonly string[];
}

export class StoredScript {
  readonly compiled: CompiledScript;
  readonly settings: ScriptSettings;
  /** The device whose queue it shares: its name in upper case. */
  readonly queue: string;
  readonly statistics = new RunStatistics();

  constructor(compiled: CompiledScript, settings: ScriptSettings) {
    this.compiled = compiled;
    this.settings = settings;
    this.queue = settings.device.toUpperCase();
  }
}

/** @throws ScriptError */
export function compileStoredScript(source: string, settings: ScriptSettings): StoredScript {
  return new StoredScript(compileScript(source), settings);
}
