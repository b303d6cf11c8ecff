// What answers over TLS and asks clients for a certificate: a real Redis, and a proxy before any other server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { freePorts } from '../../src/local/free-port.ts';
import type { Certificates } from './certificates.ts';

export interface TlsServer {
  /** rediss:// */
  readonly url: string;
  stop(): Promise<void>;
}

/** Debian's redis-server, which knows no AI commands. */
export async function startTlsRedis({ ca, server }: Certificates): Promise<TlsServer> {
  const [port] = (await freePorts(1)) as [number];
  const tls = ['--tls-cert-file', server.cert, '--tls-key-file', server.key, '--tls-ca-cert-file', ca];
  const words = ['--port', '0', '--tls-port', String(port), ...tls, '--tls-auth-clients', 'yes', '--save', ''];
  const child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(child, 'exit');
  await untilSays(child.stdout, 'Ready to accept connections');
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { url: `rediss://127.0.0.1:${port}`, stop };
}

async function untilSays(output: NodeJS.ReadableStream, words: string): Promise<void> {
  let said = '';
  for await (const chunk of output) if ((said += String(chunk)).includes(words)) return;
  throw new Error(`it ended without '${words}':\n${said}`);
}

/** @param url redis:// of the server that it stands before */
export async function startTlsProxy({ ca, server: own }: Certificates, url: string): Promise<TlsServer> {
  const { hostname, port } = new URL(url);
  const pem = { ca: readFileSync(ca), cert: readFileSync(own.cert), key: readFileSync(own.key) };
  const proxy = createServer({ ...pem, requestCert: true }, (near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const stop = async (): Promise<void> => {
    proxy.close();
    await once(proxy, 'close');
  };
  return { url: `rediss://127.0.0.1:${(proxy.address() as AddressInfo).port}`, stop };
}
