// How a replay shows on the screen: a bar on a terminal, a line every few seconds anywhere else.
import cliProgress from 'cli-progress';
import type { ReplayProgress } from './replay.ts';

const LINE_INTERVAL_MS = 2000;
/** The bar counts thousandths of the work, since the number of rows is not known before the end of the file. */
const BAR_TOTAL = 1000;

export interface ProgressDisplay {
  readonly show: (progress: ReplayProgress) => void;
  readonly end: () => void;
}

/** `out` is usually stderr: stdout belongs to results. */
export function progressDisplay(
  out: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined },
): ProgressDisplay {
  return out.isTTY === true ? barDisplay(out) : lineDisplay(out);
}

function barDisplay(out: NodeJS.WritableStream): ProgressDisplay {
  const bar = new cliProgress.SingleBar({
    stream: out,
    format: '{bar} {percentage}% | {summary}',
    hideCursor: true,
    clearOnComplete: false,
  });
  let started = false;
  return {
    show: (progress) => {
      if (!started) bar.start(BAR_TOTAL, 0, { summary: '' });
      started = true;
      bar.update(Math.floor((progress.fraction ?? 0) * BAR_TOTAL), { summary: summaryOf(progress) });
    },
    end: () => {
      if (started) bar.stop();
    },
  };
}

function lineDisplay(out: NodeJS.WritableStream): ProgressDisplay {
  let shownMs = -Infinity;
  let shownRows = 0;
  let unshown: ReplayProgress | undefined;
  const write = (progress: ReplayProgress): void => {
    shownMs = performance.now();
    shownRows = progress.rows;
    unshown = undefined;
    out.write(`replayed ${summaryOf(progress)}\n`);
  };
  return {
    show: (progress) => {
      if (performance.now() - shownMs >= LINE_INTERVAL_MS) write(progress);
      else unshown = progress;
    },
    end: () => {
      if (unshown !== undefined && unshown.rows > shownRows) write(unshown);
    },
  };
}

export function summaryOf({ rows, ratePerSecond, etaSeconds }: ReplayProgress): string {
  const eta = etaSeconds === undefined || etaSeconds === 0 ? '' : `, ${Math.ceil(etaSeconds)} s left`;
  return `${rows.toLocaleString('en')} transactions, ${Math.round(ratePerSecond).toLocaleString('en')}/s${eta}`;
}
