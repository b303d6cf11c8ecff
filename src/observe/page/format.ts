// Figures as words, the same everywhere on the page. Nothing here touches the document.

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const whole = (value: number): string => WHOLE.format(value);

const MONEY = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const money = (value: number): string => MONEY.format(value);

/** Three digits that mean something, in the unit that fits. */
export function duration(milliseconds: number | null | undefined): string {
  if (milliseconds === null || milliseconds === undefined) return '–';
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} µs`;
  if (milliseconds < 1000) return `${Number(milliseconds.toPrecision(3))} ms`;
  return `${Number((milliseconds / 1000).toPrecision(3))} s`;
}

/** A score near 0 or 1 keeps the digits that tell it from others. */
export const score = (value: number): string => value.toFixed(4);

export const share = (part: number, all: number): string =>
  all === 0 ? 'of none' : `${((100 * part) / all).toFixed(2)} % of ${whole(all)}`;

export const clock = (at: number): string => new Date(at).toLocaleTimeString('en-GB');
