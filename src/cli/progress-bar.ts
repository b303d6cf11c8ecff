// Progress for a person: a bar on a terminal, a line now and then elsewhere. Always on stderr: stdout is for results.
import { SingleBar } from 'cli-progress';

export interface ProgressBar {
  /** `fraction` 0..1, undefined where the end cannot be foreseen. */
  update(fraction: number | undefined, words: string): void;
  stop(): void;
}

const LINE_EVERY_MS = 2_000;

export function progressBar(verb: string): ProgressBar {
  return process.stderr.isTTY ? terminalBar(verb) : plainLines(verb);
}

function terminalBar(verb: string): ProgressBar {
  const bar = new SingleBar({ format: `${verb} [{bar}] {words}`, hideCursor: true, stream: process.stderr });
  bar.start(1, 0, { words: '' });
  return {
    update: (fraction, words) => {
      bar.update(fraction ?? 0, { words });
    },
    stop: () => {
      bar.stop();
    },
  };
}

function plainLines(verb: string): ProgressBar {
  let lastMs = performance.now();
  return {
    update: (fraction, words) => {
      if (performance.now() - lastMs < LINE_EVERY_MS) return;
      lastMs = performance.now();
      const percent = fraction === undefined ? '' : ` ${Math.floor(fraction * 100)} %`;
      process.stderr.write(`${verb}${percent}: ${words}\n`);
    },
    stop: () => undefined,
  };
}
