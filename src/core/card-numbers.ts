// Card numbers in text: found by value, because one can turn up in any message, field or error.

/** 13 to 19 digits, perhaps in groups parted by single blanks or hyphens; no part of a longer number or of a fraction. */
const CARD_NUMBER = /(?<!\d|\d\.)\d(?:[ -]?\d){12,18}(?!\d)/g;

/** The text with every card number in it cut to its last four digits. */
export function scrubText(text: string): string {
  return text.replace(CARD_NUMBER, (match) => {
    const digits = match.replaceAll(/\D/g, '');
    return passesLuhn(digits) ? `[card …${digits.slice(-4)}]` : match;
  });
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
