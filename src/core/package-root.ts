// Where the package's own files (schemas, models, data) lie, from src/ and from dist/src/ alike.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findPackageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isPackageRoot(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json of fraudstream not found above ' + import.meta.url);
    folder = parent;
  }
  return folder;
}

function isPackageRoot(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'fraudstream';
}

/** Absolute path of the folder that holds fraudstream's package.json. */
export const PACKAGE_ROOT = findPackageRoot();

/** Absolute path of a file of the package, e.g. `packageFile('schemas', 'transaction.avsc')`. */
export function packageFile(...parts: string[]): string {
  return join(PACKAGE_ROOT, ...parts);
}
