// The few ways in which the page changes its document.

export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

/** A field of the form. */
export function fieldById<Field extends HTMLTextAreaElement | HTMLSelectElement>(
  id: string,
  kind: new () => Field,
): Field {
  const element = byId(id);
  if (!(element instanceof kind)) throw new Error(`#${id} is no field of that kind`);
  return element;
}

/** Text is written only where it has changed: screen readers are told of changes. */
export function say(id: string, words: string): void {
  const element = byId(id);
  if (element.textContent !== words) element.textContent = words;
}

export interface Cell {
  readonly text: string;
  readonly style?: string;
}

export function fillRows(id: string, rows: readonly (readonly Cell[])[]): void {
  byId(id).replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement('tr');
      for (const { text, style } of cells) {
        const cell = row.insertCell();
        cell.textContent = text;
        if (style !== undefined) cell.className = style;
      }
      return row;
    }),
  );
}
