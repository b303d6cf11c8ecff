// COMMAND: the table of commands, described as Redis 7.0 describes it.
import { matchesGlob } from '../keyspace/glob.ts';
import { TextArgs } from '../resp/text-args.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, SetReply, Status, type Reply } from '../resp/reply.ts';
import { categoriesOf } from './categories.ts';
import { SUMMARIES } from './command-summaries.ts';
import { NO_KEYS, type Command } from './command.ts';
import { container, define, help } from './define.ts';
import * as errors from './errors.ts';
import { keyPositions } from './key-positions.ts';
import type { Session } from './session.ts';

/** name, arity, flags, first key, last key, step, categories, tips, key specifications, subcommands */
function describe(command: Command): Reply {
  const { first, last, step } = command.keys;
  const subcommands = [...(command.subcommands?.values() ?? [])];
  return [
    command.name,
    command.arity,
    new SetReply(command.flags.map((flag) => new Status(flag))),
    first,
    last,
    step,
    new SetReply(categoriesOf(command).map((category) => new Status('@' + category))),
    [],
    first === 0 ? [] : [keySpecification(command)],
    subcommands.map(describe),
  ];
}

function keySpecification({ keys, flags }: Command): Reply {
  const access =
    flags.includes('readonly') && !flags.includes('module') ? ['RO', 'access'] : ['RW', 'access', 'update'];
  if (flags.includes('movablekeys')) access.push('variable_flags');
  const { first, last, step } = keys;
  const lastKey = last < 0 ? last : last - first;
  return new MapReply([
    ['flags', new SetReply(access.map((flag) => new Status(flag)))],
    ['begin_search', search('index', [['index', first]])],
    [
      'find_keys',
      search('range', [
        ['lastkey', lastKey],
        ['keystep', step],
        ['limit', 0],
      ]),
    ],
  ]);
}

function search(type: string, spec: readonly (readonly [string, number])[]): Reply {
  return new MapReply([
    ['type', type],
    ['spec', new MapReply(spec)],
  ]);
}

function all(session: Session): Reply {
  return Array.from(session.engine.commands.all(), describe);
}

function findNamed(session: Session, name: string): Command | undefined {
  const [container, sub] = name.split('|', 2) as [string, string | undefined];
  const command = session.engine.commands.find(container);
  return sub === undefined ? command : command?.subcommands?.get(sub.toLowerCase());
}

function info(session: Session, args: Args): Reply {
  if (args.length === 2) return all(session);
  return Array.from({ length: args.length - 2 }, (_, i) => {
    const command = findNamed(session, args.text(i + 2));
    return command === undefined ? null : describe(command);
  });
}

function docs(session: Session, args: Args): Reply {
  const named = Array.from({ length: args.length - 2 }, (_, i) => findNamed(session, args.text(i + 2)));
  const commands = args.length === 2 ? [...session.engine.commands.all()] : named;
  return new MapReply(
    commands.flatMap((command) => (command === undefined ? [] : [[command.name, summary(command)] as const])),
  );
}

function summary(command: Command): Reply {
  const group = command.flags.includes('module') ? 'module' : (command.categories?.[0] ?? 'generic');
  const text = SUMMARIES.get(command.name);
  return new MapReply([...(text === undefined ? [] : [['summary', text] as const]), ['group', group]]);
}

type NameFilter = (command: Command, value: string) => boolean;

const FILTERS: Readonly<Record<string, NameFilter>> = {
  MODULE: (command, value) => value === 'ai' && command.flags.includes('module'),
  ACLCAT: (command, value) => categoriesOf(command).includes(value.toLowerCase()),
  PATTERN: (command, value) => matchesGlob(value.toLowerCase(), command.name),
};

// COMMAND LIST [FILTERBY MODULE name | ACLCAT category | PATTERN glob]
function list(session: Session, args: Args): Reply {
  const commands = [...session.engine.commands.all()];
  if (args.length === 2) return commands.map(({ name }) => name);
  const filter = args.length === 5 && args.is(2, 'FILTERBY') ? FILTERS[args.word(3)] : undefined;
  if (filter === undefined) return errors.SYNTAX;
  return commands.filter((command) => filter(command, args.text(4))).map(({ name }) => name);
}

// COMMAND GETKEYS command [argument …]
function getKeys(session: Session, args: Args): Reply {
  const texts = Array.from({ length: args.length - 2 }, (_, i) => args.text(i + 2));
  const found = session.engine.commands.find(texts[0]!);
  const command = found?.subcommands?.get(texts[1]?.toLowerCase() ?? '') ?? found;
  if (command === undefined) return errors.KEYS_COMMAND;
  if (command.keys.first === 0 && command.keysIn === undefined) return errors.KEYS_UNKNOWN;
  if (command.arity > 0 ? texts.length !== command.arity : texts.length < -command.arity) return errors.KEYS_ARITY;
  const positions = keyPositions(command, new TextArgs(texts));
  return positions instanceof ErrorReply ? positions : positions.map((i) => texts[i]!);
}

const COMMAND = container(
  'command',
  ['connection'],
  [
    define('count', 2, 'loading stale', NO_KEYS, (session) => session.engine.commands.size),
    define('docs', -2, 'loading stale', NO_KEYS, docs),
    define('getkeys', -4, 'loading stale', NO_KEYS, getKeys),
    define('info', -2, 'loading stale', NO_KEYS, info),
    define('list', -2, 'loading stale', NO_KEYS, list),
    help([
      '(no subcommand)',
      '    Return details about all Redis commands.',
      'COUNT',
      'DOCS',
      'GETKEYS',
      'INFO',
      'LIST',
    ]),
  ],
);

export const COMMAND_COMMANDS: readonly Command[] = [
  { ...COMMAND, arity: -1, flags: ['loading', 'stale'], execute: all },
];
