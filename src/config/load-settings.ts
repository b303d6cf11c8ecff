// Flags over environment over the file of settings over defaults → frozen, typed settings. The only reader of process.env.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { scrubText } from '../core/card-numbers.ts';
import { EXIT, FraudstreamError } from '../core/errors.ts';
import { hidePasswordOf, hideSecret } from '../core/known-secrets.ts';
import { CONNECTION_SETTINGS } from './connection-settings.ts';
import { CONTRADICTIONS } from './contradictions.ts';
import { readConfigFile } from './config-file.ts';
import { refuseMisspelt } from './misspelt-variables.ts';
import type { CommandName } from './setting.ts';
import { settingKey, SETTING_ROWS, SETTINGS, type SettingName, type Settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
/** Values as commander hands them over, by setting name; true for a switch. */
export type Flags = Readonly<Partial<Record<SettingName, string | boolean>>>;

export interface LoadedSettings extends Settings {
  /** Settings that a person gave, each with where: a flag, a variable or the file. */
  readonly given: ReadonlyMap<SettingName, string>;
}

type Row = (typeof SETTING_ROWS)[number];
interface Found {
  readonly text: string;
  /** As the person wrote it: `--rows`, `REDISAI_URL` or `settings.yaml: rows`. */
  readonly source: string;
}

/** @throws FraudstreamError SETTING_INVALID or SETTINGS_CONTRADICT, naming flag or variable, never a secret's value. */
export function loadSettings(
  command: CommandName,
  flags: Flags = {},
  environment: Environment = process.env,
): LoadedSettings {
  refuseMisspelt(environment);
  const file = openFile(flags, environment);
  const given = new Map<SettingName, string>();
  const values: Partial<Record<SettingName, unknown>> = {};
  const texts = SETTING_ROWS.map((row) => ({ row, found: findText(command, row, flags, environment, file) }));
  // All of them before the first is judged: what is wrong with one may quote another.
  for (const { row, found } of texts) if (found !== undefined) hide(row, found.text);
  for (const { row, found } of texts) {
    if (found !== undefined) given.set(row.name, found.source);
    values[row.name] = parse(row, found);
  }
  const settings = values as Settings;
  refuseContradictions(settings, given);
  return Object.freeze({ ...settings, given });
}

function findText(
  command: CommandName,
  row: Row,
  flags: Flags,
  environment: Environment,
  file: (row: Row) => Found | undefined,
): Found | undefined {
  if (!isReadBy(command, row)) return undefined;
  return fromFlag(row, flags) ?? fromEnvironment(row, environment) ?? file(row);
}

/** From now on nobody is shown it. */
function hide({ name, secret, namesSecret }: Row, text: string): void {
  if (name === 'redisaiUrl') hidePasswordOf(text);
  else if (secret === true || (namesSecret === true && !existsSync(text))) hideSecret(text);
}

/** All that variables and the file of settings hold, whichever command runs: what is typed wrongly may be one of them, and is quoted. */
export function hideGivenSecrets(flags: Flags = {}, environment: Environment = process.env): void {
  const file = unlessWrong(() => openFile(flags, environment)) ?? ((): undefined => undefined);
  for (const row of SETTING_ROWS) {
    const found = unlessWrong(() => findText('config', row, {}, environment, file));
    if (found !== undefined) hide(row, found.text);
  }
}

/** What is wrong is told when a command needs it. */
function unlessWrong<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** `config` shows what every command would read. */
const isReadBy = (command: CommandName, row: Row): boolean => command === 'config' || row.commands.includes(command);

function openFile(flags: Flags, environment: Environment): (row: Row) => Found | undefined {
  const row = SETTING_ROWS.find(({ name }) => name === 'config')!;
  const path = (fromFlag(row, flags) ?? fromEnvironment(row, environment))?.text;
  if (path === undefined) return () => undefined;
  const values = readConfigFile(path);
  return ({ name }) => {
    const text = values.get(name);
    return text === undefined ? undefined : { text, source: `${path}: ${settingKey(name)}` };
  };
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
    // Not the path: it may be the secret itself, given in the wrong variable.
    const { code = 'no path' } = cause as { readonly code?: string };
    throw new FraudstreamError('SETTING_INVALID', `${source} names a file that cannot be read: ${code}`, {
      next: 'name a readable file that holds the secret and nothing else',
      exitCode: EXIT.config,
    });
  }
}

function parse(row: Row, found: Found | undefined): unknown {
  const result = row.schema.safeParse(found?.text ?? row.default);
  if (result.success) return result.data;
  const shown =
    found === undefined || row.secret === true ? '' : ` '${scrubText(withoutLogin(found.text)).slice(0, 80)}'`;
  const source = found?.source ?? row.env ?? row.name;
  throw new FraudstreamError('SETTING_INVALID', `${source}${shown} ${result.error.issues[0]!.message}`, {
    next: `${row.description}${row.default === undefined ? '' : `; default: ${row.default}`}`,
    exitCode: source.startsWith('--') ? EXIT.usage : EXIT.config,
  });
}

/** A user and a password stand in addresses where they should not, too. */
const withoutLogin = (text: string): string => text.replace(/\S*:\S*@/g, '…@');

function refuseContradictions(settings: Settings, given: ReadonlyMap<SettingName, string>): void {
  const found = CONTRADICTIONS.find(({ holds }) => holds(settings, given));
  if (found === undefined) return;
  throw new FraudstreamError('SETTINGS_CONTRADICT', found.message, { next: found.next, exitCode: EXIT.usage });
}

/** What a process of ours is started with: this one's environment, and `more`. Secrets travel in it, never in arguments. */
export function childEnvironment(more: Environment): Environment {
  return { ...process.env, ...more };
}

/** How Kafka and the engine are reached, as variables: for a process of ours that is to reach them in the same way. */
export function connectionEnvironment(settings: Settings): Environment {
  const names = Object.keys(CONNECTION_SETTINGS) as (keyof typeof CONNECTION_SETTINGS)[];
  // A list becomes the text that it was given as.
  const textOf = (name: (typeof names)[number]): string | undefined =>
    settings[name] === undefined ? undefined : String(settings[name]);
  return Object.fromEntries(names.map((name): [string, string | undefined] => [SETTINGS[name].env!, textOf(name)]));
}

/** Where fraudstream keeps what it has fetched, following the XDG rules. */
export function defaultCacheFolder(environment: Environment = process.env): string {
  const cache = environment['XDG_CACHE_HOME'];
  return join(cache === undefined || cache === '' ? join(homedir(), '.cache') : cache, 'fraudstream');
}
