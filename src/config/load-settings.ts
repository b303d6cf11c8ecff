// Flags over environment over defaults → frozen, typed settings. The only reader of process.env.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { CONTRADICTIONS } from './contradictions.ts';
import type { CommandName } from './setting.ts';
import { SETTING_ROWS, type SettingName, type Settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** Values as commander hands them over, by setting name; true for a switch. */
export type Flags = Readonly<Partial<Record<SettingName, string | boolean>>>;

export interface LoadedSettings extends Settings {
  /** Settings that a person gave, by flag or environment. */
  readonly given: ReadonlySet<SettingName>;
}

type Row = (typeof SETTING_ROWS)[number];
interface Found {
  readonly text: string;
  /** As the person wrote it: `--rows` or `REDISAI_URL`. */
  readonly source: string;
}

/** @throws FraudstreamError SETTING_INVALID or SETTINGS_CONTRADICT, naming flag or variable, never a secret's value. */
export function loadSettings(
  command: CommandName,
  flags: Flags = {},
  environment: Environment = process.env,
): LoadedSettings {
  const given = new Set<SettingName>();
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const row of SETTING_ROWS) {
    const found = row.commands.includes(command)
      ? (fromFlag(row, flags) ?? fromEnvironment(row, environment))
      : undefined;
    if (found !== undefined) given.add(row.name);
    values[row.name] = parse(row, found);
  }
  const settings = values as Settings;
  refuseContradictions(settings, given);
  return Object.freeze({ ...settings, given });
}

function fromFlag(row: Row, flags: Flags): Found | undefined {
  const value = flags[row.name];
  return value === undefined ? undefined : { text: String(value), source: row.flag!.split(' ')[0]! };
}

function fromEnvironment(row: Row, environment: Environment): Found | undefined {
  if (row.env === undefined) return undefined;
  const text = environment[row.env];
  // An empty variable is how a shell or a compose file says "not set".
  if (text !== undefined && text !== '') return { text, source: row.env };
  const file = row.secret === true ? environment[`${row.env}_FILE`] : undefined;
  return file === undefined || file === '' ? undefined : fromSecretFile(`${row.env}_FILE`, file);
}

function fromSecretFile(source: string, file: string): Found {
  try {
    return { text: readFileSync(file, 'utf8').trimEnd(), source };
  } catch (cause) {
    throw new FraudstreamError('SETTING_INVALID', `${source} names a file that cannot be read`, {
      cause: messageOf(cause),
      next: 'name a readable file that holds the secret and nothing else',
      exitCode: EXIT.config,
    });
  }
}

function parse(row: Row, found: Found | undefined): unknown {
  const result = row.schema.safeParse(found?.text ?? row.default);
  if (result.success) return result.data;
  const shown = found === undefined || row.secret === true ? '' : ` '${found.text.slice(0, 80)}'`;
  const source = found?.source ?? row.env ?? row.name;
  throw new FraudstreamError('SETTING_INVALID', `${source}${shown} ${result.error.issues[0]!.message}`, {
    next: `${row.description}${row.default === undefined ? '' : `; default: ${row.default}`}`,
    exitCode: source.startsWith('--') ? EXIT.usage : EXIT.config,
  });
}

function refuseContradictions(settings: Settings, given: ReadonlySet<SettingName>): void {
  const found = CONTRADICTIONS.find(({ holds }) => holds(settings, given));
  if (found === undefined) return;
  throw new FraudstreamError('SETTINGS_CONTRADICT', found.message, { next: found.next, exitCode: EXIT.usage });
}

/** What a process of ours is started with: this one's environment, and `more`. Secrets travel in it, never in arguments. */
export function childEnvironment(more: Environment): Environment {
  return { ...process.env, ...more };
}

/** Where fraudstream keeps what it has fetched, following the XDG rules. */
export function defaultCacheFolder(environment: Environment = process.env): string {
  const cache = environment['XDG_CACHE_HOME'];
  return join(cache === undefined || cache === '' ? join(homedir(), '.cache') : cache, 'fraudstream');
}
