// A token that a platform mounts as a file, and replaces before it expires.
import { readFile } from 'node:fs/promises';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { hideToken } from '../../core/known-secrets.ts';

/** @throws FraudstreamError, retriable: the file may be about to be replaced */
export async function readTokenFile(path: string): Promise<string> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    if (token !== '') {
      hideToken(token);
      return token;
    }
  } catch (error) {
    throw notRead(path, messageOf(error));
  }
  throw notRead(path, 'it is empty');
}

function notRead(path: string, reason: string): FraudstreamError {
  return new FraudstreamError('OAUTH_TOKEN_NOT_READ', `no token for Kafka in ${path}: ${reason}`, {
    next: 'name the file with the token in KAFKA_OAUTH_TOKEN_FILE',
    exitCode: EXIT.config,
    retriable: true,
  });
}
