// A table of figures: a name on the left of each row, figures aligned to the right.

/** Cells are HTML: whatever came from outside is `escaped` by whoever made them. */
export function figureTable(
  head: readonly string[],
  rows: readonly (readonly [name: string, ...cells: string[]])[],
): string {
  return [
    `<table class="figures"><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>`,
    ...rows.map(
      ([name, ...cells]) => `<tr><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    ),
    '</tbody></table>',
  ].join('');
}
