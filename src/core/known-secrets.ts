// Passwords and tokens that this process was given, by value: a peer may send them back in its error, and nobody is shown them.

/** Shorter ones stand in too many words. */
const CHARS_MIN = 4;
/**
 * A password like this is a word of our own messages ("the password is wrong"), and to strike it out there would tell it: it is
 * hidden in what others say, and may stand in what we say.
 */
const COMMON_WORD = /^[a-z]{1,15}$/i;
/** Tokens are renewed for as long as a process runs; those before the last few are over. */
const TOKENS_MAX = 16;

const passwords = new Set<string>();
const tokens: string[] = [];

export function hideSecret(secret: string | undefined): void {
  if (secret !== undefined && secret.length >= CHARS_MIN) passwords.add(secret);
}

export function hideToken(token: string): void {
  if (token.length < CHARS_MIN || tokens.includes(token)) return;
  tokens.push(token);
  if (tokens.length > TOKENS_MAX) tokens.shift();
}

/** As a password of an address stands in it, and as it is sent. */
export function hidePasswordOf(url: string): void {
  const password = /\/\/[^/@:]*:([^/]*)@/.exec(url)?.[1];
  hideSecret(password);
  if (password !== undefined && !/%(?![0-9a-f]{2})/i.test(password)) hideSecret(decodeURIComponent(password));
}

/** Of what others say: a peer, a library, the system. */
export const withoutSecrets = (text: string): string => strikeOut(text, [...passwords, ...tokens]);

/** Of what we say, wherever its parts come from. */
export const withoutUncommonSecrets = (text: string): string =>
  strikeOut(
    text,
    [...passwords, ...tokens].filter((secret) => !COMMON_WORD.test(secret)),
  );

/** Longer ones first: one may be a part of another. */
function strikeOut(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), text);
}
