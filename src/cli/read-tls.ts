// Authority, client certificate and its key for a TLS connection, from the files that settings name.
import { readFileSync } from 'node:fs';
import { EXIT, FraudstreamError, messageOf } from '../core/errors.ts';

/** Each in PEM; what is not set is left to node. */
export interface Tls {
  ca?: string;
  cert?: string;
  key?: string;
}

/** `peer` is how the settings' variables begin. @throws FraudstreamError FILE_NOT_READ */
export function readTls(peer: 'KAFKA' | 'REDISAI', paths: Readonly<Record<keyof Tls, string | undefined>>): Tls {
  const tls: Tls = {};
  for (const [part, path] of Object.entries(paths) as [keyof Tls, string | undefined][])
    if (path !== undefined) tls[part] = readPem(`${peer}_${part.toUpperCase()}_FILE`, path);
  return tls;
}

function readPem(setting: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new FraudstreamError('FILE_NOT_READ', `cannot read ${path}: ${messageOf(cause)}`, {
      next: `name a readable PEM file in ${setting}`,
      exitCode: EXIT.config,
      cause,
    });
  }
}
