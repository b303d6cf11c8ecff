// `fraudstream config`: every setting as it is in force and where it comes from, or one of them explained.
import { closestWord } from '../config/closest-word.ts';
import type { LoadedSettings } from '../config/load-settings.ts';
import { settingKey, SETTING_ROWS } from '../config/settings.ts';
import { scrubText } from '../core/card-numbers.ts';
import { EXIT, FraudstreamError } from '../core/errors.ts';
import type { CommandContext } from './command-context.ts';

type Row = (typeof SETTING_ROWS)[number];

export function runConfig({ settings, args: [wanted], print }: CommandContext): Promise<undefined> {
  const rows = wanted === undefined ? SETTING_ROWS : [rowOf(wanted)];
  const facts = rows.map((row) => factsOf(row, settings));
  if (settings.json) facts.forEach((each) => print(JSON.stringify(each)));
  else if (wanted === undefined) facts.forEach((each) => print(inForce(each)));
  else facts.forEach((each) => explained(each).forEach(print));
  return Promise.resolve(undefined);
}

function rowOf(wanted: string): Row {
  const namesOf = ({ name, flag, env }: Row): string[] =>
    [settingKey(name), flag?.split(' ')[0], env].filter((word) => word !== undefined);
  const found = SETTING_ROWS.find((row) => namesOf(row).includes(wanted));
  if (found !== undefined) return found;
  const closest = closestWord(wanted, SETTING_ROWS.flatMap(namesOf));
  throw new FraudstreamError('SETTING_UNKNOWN', `there is no setting ${wanted}`, {
    next: closest === undefined ? 'fraudstream config lists them all' : `did you mean ${closest}?`,
    exitCode: EXIT.usage,
  });
}

interface Facts {
  readonly key: string;
  readonly value: unknown;
  readonly source: string;
  readonly flag: string | undefined;
  readonly variable: string | undefined;
  readonly default: string | undefined;
  readonly description: string;
  readonly commands: readonly string[];
}

function factsOf(row: Row, settings: LoadedSettings): Facts {
  const source = settings.given.get(row.name);
  const isShown = row.secret !== true || source === undefined;
  return {
    key: settingKey(row.name),
    value: isShown ? scrubbed(settings[row.name]) : '(secret)',
    source: source ?? 'default',
    flag: row.flag,
    variable: row.env === undefined || row.secret !== true ? row.env : `${row.env} or ${row.env}_FILE`,
    default: row.default,
    description: row.description,
    commands: row.commands,
  };
}

/** A secret may stand where a path should. */
const scrubbed = (value: unknown): unknown => (typeof value === 'string' ? scrubText(value) : value);

const inForce = ({ key, value, source }: Facts): string => `${key.padEnd(27)} ${shown(value)}  (${source})`;

function explained(facts: Facts): string[] {
  const { key, description, flag, variable, commands } = facts;
  return [
    `${key}: ${description}`,
    `  flag      ${flag ?? '(none)'}`,
    `  variable  ${variable ?? '(none)'}`,
    `  default   ${facts.default ?? '(none)'}`,
    `  now       ${shown(facts.value)}  (${facts.source})`,
    `  read by   ${commands.join(', ')}`,
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  return typeof value === 'string' ? value : Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}
