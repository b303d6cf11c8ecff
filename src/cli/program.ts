// The command line: words → command, flags → settings; every way a run can end → one exit code.
import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option, type OutputConfiguration } from 'commander';
import { forbidTelemetry } from '../config/no-telemetry.ts';
import { settingsOf, type SettingName } from '../config/settings.ts';
import { hideGivenSecrets, loadSettings, type Flags } from '../config/load-settings.ts';
import { scrubText } from '../core/card-numbers.ts';
import { EXIT } from '../core/errors.ts';
import { packageFile } from '../core/package-root.ts';
import { createLog } from '../telemetry/logger.ts';
import type { CommandContext } from './command-context.ts';
import { COMMANDS, type CommandEntry } from './commands.ts';
import { exitCodeOf, reportError } from './error-report.ts';
import { interruption } from './interruption.ts';
import { switchLogLevelOnSignal } from './log-level-switch.ts';

/** Runs one command line to its end. @returns the exit code; nothing is thrown. */
export async function runCommandLine(words: readonly string[]): Promise<number> {
  endOnDefects();
  forbidTelemetry();
  hideGivenSecrets(configFlag(words));
  let exitCode = 0;
  const program = buildProgram(async (entry, args, flags) => {
    exitCode = (await runCommand(entry, args, flags, words)) ?? 0;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has printed its own errors, with a suggestion, and help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    reportError(error, (line) => process.stderr.write(line + '\n'));
    return exitCodeOf(error);
  }
}

/** Which file of settings is named, if any: commander may refuse the words before it comes to that one. */
function configFlag(words: readonly string[]): Flags {
  const at = words.findIndex((word) => /^--config(=|$)/.test(word));
  const path = at < 0 ? undefined : (words[at]!.split('=')[1] ?? words[at + 1]);
  return path === undefined ? {} : { config: path };
}

/** commander quotes what was typed, and that may be a secret: such as has no flag, and was given one. */
const USAGE_ERRORS: OutputConfiguration = {
  outputError: (text, write) => write(scrubText(text.replace(/(unknown option '[^'=]*=)[^]*'/, "$1…'"))),
};

type Action = (entry: CommandEntry, args: readonly string[], flags: Flags) => Promise<void>;

function buildProgram(action: Action): Command {
  const program = new Command('fraudstream')
    .description('Scores card transactions as they happen: Kafka in, one RedisAI DAG each, fraud scores out.')
    .version(version())
    .exitOverride()
    .configureOutput(USAGE_ERRORS)
    .showHelpAfterError('(fraudstream --help tells more)');
  for (const entry of COMMANDS) program.addCommand(buildCommand(entry, action));
  return program;
}

function buildCommand(entry: CommandEntry, action: Action): Command {
  const command = new Command(entry.name)
    .description(entry.summary)
    .exitOverride()
    .configureOutput(USAGE_ERRORS)
    .allowExcessArguments(false);
  for (const [name, description] of Object.entries(entry.arguments ?? {})) command.argument(name, description);
  for (const row of settingsOf(entry.name)) {
    if (row.flag !== undefined) command.addOption(new Option(row.flag, describe(row)));
  }
  command.addHelpText('after', environmentOnly(entry));
  return command.action(async (...received: unknown[]) => {
    // commander hands over the positional arguments, then the options, then the command.
    const args = received
      .slice(0, -2)
      .flat()
      .filter((arg): arg is string => typeof arg === 'string');
    await action(entry, args, flagsOf(entry, command));
  });
}

/** commander names a flag's value after its long form; settings have names of their own. */
function flagsOf(entry: CommandEntry, command: Command): Flags {
  const values = command.opts<Record<string, string | boolean | undefined>>();
  const flags: Partial<Record<SettingName, string | boolean>> = {};
  for (const row of settingsOf(entry.name)) {
    const value = row.flag === undefined ? undefined : values[new Option(row.flag).attributeName()];
    if (value !== undefined) flags[row.name] = value;
  }
  return flags;
}

function describe(row: ReturnType<typeof settingsOf>[number]): string {
  const facts = [
    row.env === undefined ? '' : `env: ${row.env}`,
    row.default === undefined ? '' : `default: ${row.default}`,
  ];
  const shown = facts.filter((fact) => fact !== '').join('; ');
  return shown === '' ? row.description : `${row.description} (${shown})`;
}

/** Secrets have no flag, because other users of a machine can read command lines. */
function environmentOnly(entry: CommandEntry): string {
  const rows = settingsOf(entry.name).filter((row) => row.flag === undefined);
  if (rows.length === 0) return '';
  const lines = rows.map(
    (row) => `  ${row.env!}${row.secret === true ? `, or ${row.env!}_FILE` : ''}: ${row.description}`,
  );
  return ['', 'From the environment only:', ...lines].join('\n');
}

async function runCommand(
  entry: CommandEntry,
  args: readonly string[],
  flags: Flags,
  words: readonly string[],
): Promise<number | undefined> {
  // Before anything that takes time: a signal that comes early must not end the process in the middle of something.
  const signal = interruption();
  const settings = loadSettings(entry.name, flags);
  const run = await entry.load();
  const log = createLog({ level: settings.logLevel });
  switchLogLevelOnSignal(log);
  const context: CommandContext = {
    settings,
    args,
    words,
    log,
    signal,
    print: (line) => process.stdout.write(line + '\n'),
    tell: (line) => process.stderr.write(scrubText(line) + '\n'),
  };
  return run(context);
}

/** A defect ends the process: going on in an unknown state could score wrongly or hang. */
function endOnDefects(): void {
  const end = (error: unknown): void => {
    reportError(error, (line) => process.stderr.write(line + '\n'));
    process.exit(exitCodeOf(error));
  };
  process.on('unhandledRejection', end);
  process.on('uncaughtException', end);
  // The reader of a pipe has seen enough (`fraudstream scores | head`).
  process.stdout.on('error', () => process.exit(0));
}

function version(): string {
  return (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version;
}
