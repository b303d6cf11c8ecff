// SASL/OAUTHBEARER (RFC 7628): a token for each connection to Kafka, from where the settings say.
// kafkajs' own takes a refusal for a welcome: a broker refuses by an answer that is not empty.
import kafkajs, { type Mechanism } from 'kafkajs';
import type { Settings } from '../../config/settings.ts';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { cachedToken } from './cached-token.ts';
import { askForToken } from './token-endpoint.ts';
import { readTokenFile } from './token-file.ts';

/** What may stand in a bearer token (RFC 6750): nothing that could end the message to the broker early. */
const TOKEN = /^[\w.~+/-]+=*$/;
const LENGTH_BYTES = 4;

export function oauthBearer(settings: Settings): Mechanism {
  const token = tokenSource(settings);
  return {
    mechanism: 'oauthbearer',
    authenticationProvider: ({ host, port, saslAuthenticate }) => ({
      authenticate: async () => {
        const request = { encode: async () => clientMessage(await token()) };
        const response = { decode: (raw: Buffer) => raw.subarray(LENGTH_BYTES), parse: refuseUnlessEmpty };
        await saslAuthenticate({ request, response }).catch((error: unknown) => {
          throw asConnectionError(error, `${host}:${port}`);
        });
      },
    }),
  };
}

/** The settings were checked together: there is a file, or an endpoint with who asks it. */
export function tokenSource(settings: Settings): () => Promise<string> {
  const { kafkaOauthTokenFile: file, kafkaOauthTokenUrl: url, kafkaOauthScope: scope } = settings;
  // Whoever mounts the file renews it: it is read for each connection.
  if (file !== undefined) return () => readTokenFile(file);
  const client = { id: settings.kafkaOauthClientId!, secret: settings.kafkaOauthClientSecret! };
  return cachedToken(() => askForToken({ url: url!, client, scope }));
}

/** @throws FraudstreamError where `token` cannot be one */
export function clientMessage(token: string): Buffer {
  if (!TOKEN.test(token)) throw noToken();
  const message = Buffer.from(`n,,\u0001auth=Bearer ${token}\u0001\u0001`);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeInt32BE(message.length);
  return Buffer.concat([length, message]);
}

function refuseUnlessEmpty(answer: Buffer): void {
  if (answer.length > 0) throw refused(/"status"\s*:\s*"(\w+)"/.exec(answer.toString())?.[1] ?? 'for no known reason');
}

/** As such kafkajs gives the connection up, and tries another: on this one no token can be told any more. */
function asConnectionError(error: unknown, broker: string): unknown {
  const isRefusal = (error as { readonly type?: unknown }).type === 'SASL_AUTHENTICATION_FAILED';
  const cause = isRefusal ? refused(messageOf(error)) : error;
  if (!(cause instanceof FraudstreamError)) return error;
  return Object.assign(new kafkajs.KafkaJSConnectionError(cause.message, { broker }), { cause });
}

/** Retriable: the next token may be a newer one. */
function refused(reason: string): FraudstreamError {
  return new FraudstreamError('KAFKA_TOKEN_REFUSED', `Kafka does not take the token: ${reason}`, {
    next: 'look whether the token is still valid, and meant for these brokers',
    exitCode: EXIT.config,
    retriable: true,
  });
}

function noToken(): FraudstreamError {
  return new FraudstreamError('OAUTH_TOKEN_INVALID', 'what was given as a token for Kafka is none', {
    next: 'look whether KAFKA_OAUTH_TOKEN_FILE, or the answer of KAFKA_OAUTH_TOKEN_URL, holds a bearer token and nothing else',
    exitCode: EXIT.config,
  });
}
