// A token by the client credentials of OAuth 2.0 (RFC 6749, 4.4): POST to the token endpoint, as an authorization server has it.
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { hideSecret, hideToken } from '../../core/known-secrets.ts';
import { readBounded } from '../../stream/registry/read-bounded.ts';
import type { IssuedToken } from './cached-token.ts';

export interface TokenRequest {
  readonly url: string;
  readonly client: { readonly id: string; readonly secret: string };
  readonly scope?: string | undefined;
}

const TIMEOUT_MS = 5_000;
const ANSWER_BYTES_MAX = 64 * 1024;

/** @throws FraudstreamError, retriable where the endpoint is away. Neither it nor its cause holds secret or token. */
export async function askForToken(request: TokenRequest): Promise<IssuedToken> {
  const { status, text } = await post(request);
  if (status === 429 || status >= 500) throw away(request.url, `it answered ${status}`);
  const { access_token: token, expires_in: seconds, error } = parseAnswer(text);
  if (typeof token === 'string') hideToken(token);
  if (status !== 200) throw refused(request.url, status, error);
  if (typeof token !== 'string') throw noEndpoint(request.url);
  return { token, lifeMs: typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : 0 };
}

async function post({ url, client, scope }: TokenRequest): Promise<{ status: number; text: string }> {
  const grant = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
  // Each part in the form's own coding first (RFC 6749, 2.3.1), so that a colon in it parts nothing.
  const user = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString('base64');
  hideSecret(user);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json', authorization: `Basic ${user}` },
      body: new URLSearchParams(grant),
      // It could take the secret elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await readBounded(response, ANSWER_BYTES_MAX) };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw away(url, messageOf(cause));
  }
}

function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function away(url: string, reason: string): FraudstreamError {
  return new FraudstreamError('OAUTH_ENDPOINT_AWAY', `no token for Kafka from ${url}: ${reason}`, {
    next: 'look whether the authorization server runs, or name it in KAFKA_OAUTH_TOKEN_URL',
    exitCode: EXIT.unavailable,
    retriable: true,
  });
}

/** Of the answer only a code of the standard is told: the rest is the server's, who knows the secret. */
function refused(url: string, status: number, error: unknown): FraudstreamError {
  const code = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? ` ${error}` : '';
  return new FraudstreamError('OAUTH_REFUSED', `no token for Kafka from ${url}: it answered ${status}${code}`, {
    next: 'check KAFKA_OAUTH_CLIENT_ID, KAFKA_OAUTH_CLIENT_SECRET (or KAFKA_OAUTH_CLIENT_SECRET_FILE) and KAFKA_OAUTH_SCOPE',
    exitCode: EXIT.config,
  });
}

function noEndpoint(url: string): FraudstreamError {
  return new FraudstreamError('OAUTH_ENDPOINT_UNFIT', `what answers at ${url} is no token endpoint`, {
    next: 'set KAFKA_OAUTH_TOKEN_URL to the address that the authorization server calls token_endpoint',
    exitCode: EXIT.config,
  });
}
