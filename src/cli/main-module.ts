// Commands that start another fraudstream process run the same main file, built or from source.
import { fileURLToPath } from 'node:url';
import { loaderArgv, siblingModule } from '../core/sibling-module.ts';

/** Arguments with which node runs fraudstream: append a command. */
export function mainModuleArguments(): string[] {
  const main = siblingModule(import.meta.url, '../main');
  return [...loaderArgv(main), fileURLToPath(main)];
}
