// How figures are written for people, on a terminal and on the page.

export const NO_FIGURE = '–';

/** A share or an index: four decimals. */
export const decimals = (value: number | undefined): string => value?.toFixed(4) ?? NO_FIGURE;

/** A figure that may be very small: three digits. */
export const threeDigits = (value: number | undefined): string =>
  value === undefined ? NO_FIGURE : value !== 0 && value < 0.001 ? value.toExponential(2) : value.toPrecision(3);

export const wholeNumber = (value: number): string => Math.round(value).toLocaleString('en');

export const milliseconds = (value: number): string => `${value < 100 ? value.toFixed(1) : wholeNumber(value)} ms`;

/** The usual reading of a population stability index. */
export const driftWord = (psi: number): string =>
  psi < 0.1 ? 'as when the model was made' : psi < 0.25 ? 'some drift' : 'much drift';
