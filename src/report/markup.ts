// Text on its way into HTML and SVG.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For whatever came from outside: a topic's name, a model's digest. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** A number of an SVG: as short as can be seen. */
export const short = (value: number): string => String(Math.round(value * 100) / 100);
