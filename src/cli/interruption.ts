// Ctrl-C and SIGTERM: the first asks the command to finish, the second ends the process.

/** 128 + SIGINT, as shells report it. */
export const EXIT_INTERRUPTED = 130;

export function interruption(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  return controller.signal;
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

/** A process that started this one holds the other end; the system closes it however that process ends. */
export function stdinClosed(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.resume();
    process.stdin.once('close', resolve).once('end', resolve).once('error', resolve);
  });
}
