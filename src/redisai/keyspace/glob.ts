// Redis' glob patterns (KEYS, SCAN MATCH, CONFIG GET, ACL): *, ?, [abc], [^a-z], \x.

/** Longer patterns match nothing. */
const PATTERN_BYTES_MAX = 1024;
/** Work of one match: enough for any pattern on a short text, and in proportion to a long one. */
const STEPS_MIN = 256 * 1024;
const STEPS_PER_CHARACTER = 16;

/**
 * True if all of `text` fits. Only the last star is ever gone back to, so the time is at most pattern × text, and on a
 * long text at most some steps a character: what takes more, as only a pattern does that is meant to, is no match.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern.length > PATTERN_BYTES_MAX) return false;
  let p = 0;
  let t = 0;
  let afterStar = -1;
  let retryAt = 0;
  let stepsLeft = STEPS_MIN + STEPS_PER_CHARACTER * text.length;
  while (t < text.length && stepsLeft > 0) {
    // A class is read to its end for every character.
    stepsLeft -= pattern[p] === '[' ? pattern.length - p : 1;
    if (pattern[p] === '*') {
      afterStar = ++p;
      retryAt = t;
      continue;
    }
    const next = p < pattern.length ? matchOne(pattern, p, text[t]!) : -1;
    if (next !== -1) {
      p = next;
      t++;
    } else if (afterStar !== -1) {
      p = afterStar;
      t = ++retryAt;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return t === text.length && p === pattern.length;
}

/** Position after the element of the pattern at `p` if it fits `char`, else -1. */
function matchOne(pattern: string, p: number, char: string): number {
  const element = pattern[p];
  if (element === '?') return p + 1;
  if (element === '[') return matchClass(pattern, p + 1, char);
  if (element === '\\' && p + 1 < pattern.length) return pattern[p + 1] === char ? p + 2 : -1;
  return element === char ? p + 1 : -1;
}

/** `[…]`, of which `start` is the position after the bracket. As in Redis, a class that is not closed ends with the pattern. */
function matchClass(pattern: string, start: number, char: string): number {
  let p = start;
  const negated = pattern[p] === '^';
  if (negated) p++;
  let found = false;
  while (p < pattern.length && pattern[p] !== ']') {
    if (pattern[p] === '\\' && p + 1 < pattern.length) {
      found ||= pattern[++p] === char;
    } else if (pattern[p + 1] === '-' && p + 2 < pattern.length) {
      found ||= isBetween(char, pattern[p]!, pattern[p + 2]!);
      p += 2;
    } else {
      found ||= pattern[p] === char;
    }
    p++;
  }
  const end = Math.min(p + 1, pattern.length);
  return found !== negated ? end : -1;
}

function isBetween(char: string, a: string, b: string): boolean {
  return a <= b ? a <= char && char <= b : b <= char && char <= a;
}
