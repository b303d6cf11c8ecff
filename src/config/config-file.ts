// The file of settings: YAML, one `key: value` a line, keys as docs/settings.md has them. Read before anything else.
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';
import { closestWord } from './closest-word.ts';
import { settingKey, SETTING_ROWS, type SettingName } from './settings.ts';

const BYTES_MAX = 1024 * 1024;

/** Values in the text form that a person typed, by setting; what is left empty is not set. @throws FraudstreamError CONFIG_FILE_WRONG */
export function readConfigFile(path: string): ReadonlyMap<SettingName, string> {
  const values = new Map<SettingName, string>();
  for (const [key, value] of Object.entries(parseFile(path))) {
    const text = textOf(path, key, value);
    if (text !== '') values.set(settingOf(path, key), text);
  }
  return values;
}

function parseFile(path: string): Record<string, unknown> {
  let content: unknown;
  try {
    const bytes = readFileSync(path);
    if (bytes.length > BYTES_MAX) throw new Error(`it is longer than ${BYTES_MAX} bytes`);
    content = contentOf(bytes.toString('utf8'));
  } catch (cause) {
    throw wrong(
      path,
      `cannot be read: ${messageOf(cause)}`,
      'name a readable YAML file in --config or FRAUDSTREAM_CONFIG',
    );
  }
  if (content === null || content === '') return {};
  if (typeof content === 'object' && !Array.isArray(content)) return content as Record<string, unknown>;
  throw wrong(path, 'is no list of `key: value`', 'write a line for each setting, e.g. `group-id: fraudstream`');
}

/** Nothing is taken for a number or a date: settings are parsed from text, wherever they come from. */
function contentOf(text: string): unknown {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false });
  const [fault] = [...document.errors, ...document.warnings];
  // Only its code: its words may quote the file, and a password with it.
  if (fault !== undefined) throw new Error(`line ${lineAt(text, fault.pos[0])} is no YAML (${fault.code})`);
  try {
    return document.toJS();
  } catch {
    throw new Error('a value begins with *: write it in quotes');
  }
}

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

function settingOf(path: string, key: string): SettingName {
  const row = SETTING_ROWS.find(({ name }) => settingKey(name) === key);
  // A file that named another file would have to be read again.
  if (row !== undefined && row.name !== 'config') return row.name;
  const closest = closestWord(
    key,
    SETTING_ROWS.map(({ name }) => settingKey(name)),
  );
  const next = closest === undefined ? 'docs/settings.md has the keys' : `did you mean ${closest}?`;
  throw wrong(path, `has the unknown key ${key.slice(0, 80)}`, next);
}

/** A list becomes what a flag would take: words parted by commas. */
function textOf(path: string, key: string, value: unknown): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',');
  throw wrong(path, `${key} is neither one value nor a list of values`, 'keys do not nest: docs/settings.md has them');
}

function wrong(path: string, words: string, next: string): FraudstreamError {
  return new FraudstreamError('CONFIG_FILE_WRONG', `${path} ${words}`, { next, exitCode: EXIT.config });
}
