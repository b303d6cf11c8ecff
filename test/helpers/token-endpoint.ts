// An authorization server in this process: gives unsecured tokens (RFC 7519, 6), which a Kafka for tests believes.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenEndpoint {
  readonly url: string;
  /** Bodies of the requests that were let in. */
  readonly asked: string[];
  stop(): Promise<void>;
}

export const CLIENT = { id: 'scorer:1', secret: 'test-secret %' };

/** @param subject whom Kafka takes the bearer for */
export function unsecuredToken(subject: string, seconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [{ alg: 'none' }, { sub: subject, iat: now - 1, exp: now + seconds }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
}

/** Tokens live for `seconds`. */
export async function startTokenEndpoint(seconds: number): Promise<TokenEndpoint> {
  const asked: string[] = [];
  const user = `${encodeURIComponent(CLIENT.id)}:${encodeURIComponent(CLIENT.secret)}`;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const isKnown = request.headers.authorization === `Basic ${Buffer.from(user).toString('base64')}`;
      if (isKnown) asked.push(body);
      const answer = isKnown
        ? { access_token: unsecuredToken('scorer', seconds), token_type: 'bearer', expires_in: seconds }
        : { error: 'invalid_client', error_description: `not ${request.headers.authorization ?? ''}` };
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`, asked, stop };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
