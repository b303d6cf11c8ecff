// An embedded engine of a test's own, as a process, and where it listens.
import { Run } from './command-line.ts';

/** All that `serve` prints. It logs the same address to stderr, which may arrive first. */
export const LISTENING = /^listening on (\S+)\n$/;

export interface ServingEngine {
  readonly engine: Run;
  readonly url: string;
}

export async function serve(
  words: readonly string[] = ['--port', '0'],
  environment: Readonly<Record<string, string>> = {},
): Promise<ServingEngine> {
  const engine = new Run(['serve', ...words], environment);
  await engine.untilSays(LISTENING);
  return { engine, url: LISTENING.exec(engine.stdout)![1]! };
}
