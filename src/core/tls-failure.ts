// Whether a connection failed for its certificates, or because only one side speaks TLS.

/** Codes of node and OpenSSL: not trusted, no longer valid, of another name, no TLS at all. */
const CODES = /^ERR_(SSL|TLS|OSSL)_|CERT|SIGNATURE/;

/** The error itself, or what it was wrapped around. */
export function isTlsFailure(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return ('code' in thrown && CODES.test(String(thrown.code))) || isTlsFailure(thrown.cause);
}
