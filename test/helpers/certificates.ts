// An authority made just now, and certificates of it: for a server at 127.0.0.1 and for a client.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files in PEM. */
export interface Certificates {
  readonly ca: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
  /** Key, certificate and authority in one, as Kafka takes them. */
  readonly serverStore: string;
}

/** @param folder takes the files, and goes with whoever made it */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string): string => join(folder, name);
  const openssl = (...words: string[]): void => {
    execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  };
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=test authority');
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1\n');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  const issue = (name: string, subject: string): Certificates['server'] => {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`);
    openssl('x509', '-req', '-in', `${name}.csr`, ...signing, '-out', `${name}.crt`);
    return { cert: file(`${name}.crt`), key: file(`${name}.key`) };
  };
  const [ca, server, client] = [file('ca.pem'), issue('server', '127.0.0.1'), issue('client', 'scorer')];
  const serverStore = file('server.pem');
  writeFileSync(serverStore, [server.key, server.cert, ca].map((name) => readFileSync(name, 'utf8')).join(''));
  return { ca, server, client, serverStore };
}
