// CONFIG.
import { matchesGlob } from '../keyspace/glob.ts';
import type { Args } from '../resp/args.ts';
import { ErrorReply, MapReply, OK, type Reply } from '../resp/reply.ts';
import { NO_KEYS, type Command } from './command.ts';
import { CONFIG_PARAMETERS, type ConfigParameter } from './config-parameters.ts';
import { container, define, help } from './define.ts';
import { SYNTAX } from './errors.ts';
import type { Session } from './session.ts';

function get(session: Session, args: Args): Reply {
  const entries: [string, string][] = [];
  for (const [name, parameter] of CONFIG_PARAMETERS) {
    if (anyFits(args, name)) entries.push([name, parameter.get(session.engine)]);
  }
  return new MapReply(entries);
}

function anyFits(args: Args, name: string): boolean {
  for (let i = 2; i < args.length; i++) if (matchesGlob(args.text(i).toLowerCase(), name)) return true;
  return false;
}

interface Change {
  readonly name: string;
  readonly value: string;
  readonly parameter: ConfigParameter;
}

// CONFIG SET name value [name value …]: all or nothing
function set(session: Session, args: Args): Reply {
  if (args.length % 2 === 1) return SYNTAX;
  const changes: Change[] = [];
  for (let i = 2; i < args.length; i += 2) {
    const name = args.text(i).toLowerCase();
    const parameter = CONFIG_PARAMETERS.get(name);
    if (parameter === undefined) {
      return new ErrorReply(`ERR Unknown option or number of arguments for CONFIG SET - '${args.text(i)}'`);
    }
    if (changes.some((change) => change.name === name)) return failed(name, 'duplicate parameter');
    changes.push({ name, value: args.text(i + 1), parameter });
  }
  return applyAll(session, changes);
}

function failed(name: string, problem: string): ErrorReply {
  return new ErrorReply(`ERR CONFIG SET failed (possibly related to argument '${name}') - ${problem}`);
}

function applyAll(session: Session, changes: readonly Change[]): Reply {
  const { engine } = session;
  const before = changes.map(({ parameter }) => parameter.get(engine));
  for (const [i, { name, value, parameter }] of changes.entries()) {
    const problem = parameter.set === undefined ? "can't set immutable config" : parameter.set(engine, value);
    if (problem === undefined) continue;
    for (let done = 0; done < i; done++) changes[done]!.parameter.set!(engine, before[done]!);
    return failed(name, problem);
  }
  return OK;
}

function resetStatistics(session: Session): Reply {
  session.engine.statistics.reset();
  return OK;
}

const ADMIN = 'admin noscript loading stale';

export const CONFIG_COMMANDS: readonly Command[] = [
  container(
    'config',
    ['admin', 'dangerous'],
    [
      define('get', -3, ADMIN, NO_KEYS, get),
      define('set', -4, ADMIN, NO_KEYS, set),
      define('resetstat', 2, ADMIN, NO_KEYS, resetStatistics),
      define('rewrite', 2, ADMIN, NO_KEYS, () => new ErrorReply('ERR The server is running without a config file')),
      help([
        'CONFIG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
        'GET <pattern>',
        '    Return parameters matching the glob-like <pattern> and their values.',
        'SET <directive> <value>',
        '    Set the configuration <directive> to <value>.',
        'RESETSTAT',
        '    Reset statistics reported by the INFO command.',
        'REWRITE',
        '    Rewrite the configuration file.',
      ]),
    ],
  ),
];
