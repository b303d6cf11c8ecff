// Where a figure lies in a chart. Nothing here touches the document.

/** The next of 1, 2, 5, 10, 20, 50 … that is not below `value`; 1 for nothing. */
export function niceMaximum(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= value)!;
  return step * power;
}

/** Logarithmic height of a count, 0 to 1, so that one fraud among thousands shows; 0 only for none. */
export function logShare(count: number, most: number): number {
  return count <= 0 ? 0 : Math.log10(1 + count) / Math.log10(1 + Math.max(most, 1));
}

/** An SVG path through the figures from left to right; a gap where one is missing. */
export function linePath(values: readonly (number | null)[], maximum: number, width: number, height: number): string {
  const step = width / Math.max(1, values.length - 1);
  let path = '';
  let isDrawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      isDrawing = false;
      return;
    }
    const y = height * (1 - Math.min(1, value / maximum));
    path += `${isDrawing ? 'L' : 'M'}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    // A lone figure is a short dash, to be seen.
    if (!isDrawing && (values[index + 1] ?? null) === null) path += 'm-2 0h4';
    isDrawing = true;
  });
  return path;
}
