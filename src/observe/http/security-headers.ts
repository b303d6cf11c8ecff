// What every answer tells a browser: load nothing from elsewhere, run nothing inline, show this in no other site's frame.

export const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
} as const;

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1|\[::1\])$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/**
 * A server that listens on loopback is meant for this machine: a request under another name comes from a page that has
 * pointed its own name here (DNS rebinding).
 */
export function isForeignName(listeningHost: string, hostHeader: string | undefined): boolean {
  return isLoopback(listeningHost) && !isLoopback((hostHeader ?? '').replace(/:\d+$/, ''));
}
