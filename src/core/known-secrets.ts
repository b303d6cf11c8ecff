// Passwords that this process was given, by value: a peer may send them back in its error, and nobody is shown them.

/** Shorter ones stand in too many words. */
const CHARS_MIN = 4;
const known = new Set<string>();

export function hideSecret(secret: string | undefined): void {
  if (secret !== undefined && secret.length >= CHARS_MIN) known.add(secret);
}

/** As a password of an address stands in it, and as it is sent. */
export function hidePasswordOf(url: string): void {
  const password = /\/\/[^/@:]*:([^/]*)@/.exec(url)?.[1];
  hideSecret(password);
  if (password !== undefined && !/%(?![0-9a-f]{2})/i.test(password)) hideSecret(decodeURIComponent(password));
}

export function withoutSecrets(text: string): string {
  let shown = text;
  for (const secret of known) shown = shown.replaceAll(secret, '[secret]');
  return shown;
}
