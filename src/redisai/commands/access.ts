// Rules of a safe door that several commands share.
import { isIP } from 'node:net';
import type { Engine } from './engine.ts';
import type { Settings } from './settings.ts';

/** True where only this machine can reach the engine. */
export function isLocalOnly(settings: Settings): boolean {
  const { host, socketPath } = settings;
  return socketPath !== '' || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Sets the password of the default user; says why not, if it must not be taken away. */
export function setDefaultPassword(engine: Engine, password: string): string | undefined {
  if (password === '' && !isLocalOnly(engine.settings)) {
    return 'an engine that other machines can reach must have a password';
  }
  engine.settings.password = password;
  engine.users.setDefaultPassword(password);
  return undefined;
}
