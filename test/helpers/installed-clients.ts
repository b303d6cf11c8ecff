// Clients that other people wrote, installed once at fixed versions into a folder that is kept between test runs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_MS_MAX = 240_000;

export interface Installed {
  readonly folder: string;
  /** Why it could not be installed; undefined where it was. */
  readonly absent: string | undefined;
}

/** A virtual environment of Python; its interpreter is bin/python. */
export function pythonPackages(name: string, packages: readonly string[]): Installed {
  return install(name, (folder) => [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin', 'python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
  ]);
}

/** A folder with node_modules. */
export function npmPackage(name: string, nameAndVersion: string): Installed {
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  return install(name, (folder) => [['npm', 'install', '--prefix', folder, ...options, nameAndVersion]]);
}

/** The mark is written last, so that an installation that was broken off is done again. */
function install(name: string, commandsFor: (folder: string) => readonly (readonly string[])[]): Installed {
  const folder = join(tmpdir(), 'fraudstream-test-clients', name);
  const mark = join(folder, '.complete');
  if (existsSync(mark)) return { folder, absent: undefined };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [program, ...words] of commandsFor(folder) as [string, ...string[]][]) {
    const { status, error, stderr } = spawnSync(program, words, { encoding: 'utf8', timeout: INSTALL_MS_MAX });
    if (status !== 0) return { folder, absent: reason(program, error?.message ?? stderr) };
  }
  writeFileSync(mark, '');
  return { folder, absent: undefined };
}

function reason(program: string, words: string): string {
  return `${program}: ${words.trim().split('\n').at(-1) ?? 'failed'}`;
}
