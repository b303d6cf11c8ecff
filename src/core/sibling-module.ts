// Worker threads and child processes are started from files: `.ts` when run from source, `.js` when built.

/** URL of the module `./<name>` beside the module `from` (an import.meta.url), with the extension `from` has. */
export function siblingModule(from: string, name: string): URL {
  return new URL(`./${name}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
}

/** Node flags with which a worker can load `module`: TypeScript sources need the tsx loader. */
export function loaderArgv(module: URL): string[] {
  return module.pathname.endsWith('.ts') ? ['--import', 'tsx'] : [];
}
