// A report as one HTML file: main figures, charts in SVG, tables; no script, nothing fetched.
import { escaped } from './markup.ts';
import { PAGE_STYLE } from './page-style.ts';

export interface Page {
  /** The command that made it. */
  readonly product: string;
  readonly title: string;
  /** What was measured and on what, as terms and their values. */
  readonly facts: readonly (readonly [term: string, value: string])[];
  /** What should have been met and was not. */
  readonly missed: readonly string[];
  /** As `tile` makes them. */
  readonly tiles: readonly string[];
  /** As `card` and `wideCard` make them. */
  readonly cards: readonly string[];
}

export function page({ product, title, facts, missed, tiles, cards }: Page): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${PAGE_STYLE}</style></head>
<body><main>
<header><p class="product">${escaped(product)}</p><h1>${escaped(title)}</h1>${definitions(facts)}</header>
${missed.length === 0 ? '' : `<section class="missed" role="alert"><h2>Missed</h2><ul>${missed.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul></section>`}
${tiles.length === 0 ? '' : `<section class="tiles" aria-label="Main figures">${tiles.join('')}</section>`}
<section class="cards" aria-label="Charts">${cards.join('')}</section>
</main></body></html>
`;
}

export const tile = (name: string, value: string, note: string): string =>
  `<div class="tile"><h2>${name}</h2><p class="value">${value}</p><p class="note">${note}</p></div>`;

export const card = (name: string, body: string, caption: string): string =>
  `<figure class="card"><h2>${name}</h2>${body}<figcaption>${caption}</figcaption></figure>`;

/** As wide as the page; what is wider still can be scrolled. */
export const wideCard = (name: string, body: string, caption = ''): string =>
  `<figure class="card wide"><h2>${name}</h2><div class="scroll">${body}</div>${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;

function definitions(facts: Page['facts']): string {
  return `<dl>${facts.map(([term, value]) => `<div><dt>${term}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;
}
