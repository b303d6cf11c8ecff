// Card numbers in text: found by value, because one can turn up in any message, field or error.

import { withoutSecrets, withoutUncommonSecrets } from './known-secrets.ts';

/** How many digits a card number has. */
const [DIGITS_MIN, DIGITS_MAX] = [13, 19];
/** Groups of a number that is written beside others have so many digits at least. */
const GROUP_DIGITS_MIN = 3;
/** Digits, perhaps in groups parted by single blanks or hyphens; no part of a longer number or of a fraction. */
const RUN = /(?<!\d|\d\.)\d+(?:[ -]\d+)*/g;

interface Group {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Words of ours with every card number in them cut to its last four digits, and without this process's secrets. */
export const scrubText = (text: string): string => scrubCards(withoutUncommonSecrets(text));

/** What a peer, a library or the system says; a secret that is a common word is no word of ours there, and goes too. */
export const scrubForeign = (text: string): string => scrubCards(withoutSecrets(text));

function scrubCards(text: string): string {
  return text.replace(RUN, (run) => (run.length < DIGITS_MIN ? run : scrubRun(run)));
}

/**
 * A copy in which asterisks stand for the digits of card numbers that are written as text, the last four left. In bytes the neighbour
 * of a number may look like a digit: one within a longer number counts too.
 */
export function maskCards(bytes: Buffer): Buffer {
  const masked = Buffer.from(bytes);
  for (const { 0: run, index } of bytes.toString('latin1').matchAll(RUN)) {
    const places = [...run.matchAll(/\d/g)].map((digit) => index + digit.index);
    const digits = run.replaceAll(/\D/g, '');
    for (let first = 0; first + DIGITS_MIN <= digits.length; first++)
      for (let end = first + DIGITS_MIN; end <= Math.min(first + DIGITS_MAX, digits.length); end++)
        if (passesLuhn(digits.slice(first, end)))
          for (const place of places.slice(first, end - 4)) masked.write('*', place, 'latin1');
  }
  return masked;
}

function scrubRun(run: string): string {
  const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index }): Group => ({
    digits,
    start: index,
    end: index + digits.length,
  }));
  let shown = '';
  let shownTo = 0;
  for (const [first, last] of cardsIn(groups)) {
    const { end } = groups[last]!;
    const lastFour = run.slice(0, end).replaceAll(/\D/g, '').slice(-4);
    shown += `${run.slice(shownTo, groups[first]!.start)}[card …${lastFour}]`;
    shownTo = end;
  }
  return shown + run.slice(shownTo);
}

/** From which group to which; numbers that could be read in several ways are taken together. */
function cardsIn(groups: readonly Group[]): readonly [first: number, last: number][] {
  const cards: [number, number][] = [];
  for (let first = 0; first < groups.length; first++) {
    const last = lastOfCard(groups, first);
    if (last === undefined) continue;
    const previous = cards.at(-1);
    if (previous === undefined || first > previous[1]) cards.push([first, last]);
    else previous[1] = Math.max(previous[1], last);
  }
  return cards;
}

/** Of the longest card number that begins with the group `first`; what stands beside it may be an offset or a date. */
function lastOfCard(groups: readonly Group[], first: number): number | undefined {
  let digits = '';
  let found: number | undefined;
  for (let last = first; last < groups.length; last++) {
    digits += groups[last]!.digits;
    if (digits.length > DIGITS_MAX) break;
    const isWhole = first === 0 && last === groups.length - 1;
    const isGrouped = groups.slice(first, last + 1).every((group) => group.digits.length >= GROUP_DIGITS_MIN);
    if (digits.length >= DIGITS_MIN && (isWhole || isGrouped) && passesLuhn(digits)) found = last;
  }
  return found;
}

/** The checksum that every payment card number carries. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
