// Promise: one address, one way to open it; and what TLS refuses is told apart from an engine that is away.
import { describe, expect, it } from 'vitest';
import { engineClient, engineDistrust, engineTls } from '../../../../src/stream/engine/engine-address.ts';

const failure = (code: string): Error => Object.assign(new Error(`it says ${code}`), { code });

describe('the address of the engine', () => {
  it.each([
    ['redis://h:1', { host: 'h', port: 1, protocol: 2 }],
    ['unix:/run/engine.sock', { path: '/run/engine.sock' }],
    ['unix:///run/engine.sock', { path: '/run/engine.sock' }],
    ['rediss://h:1', { host: 'h', tls: { servername: 'h' } }],
  ])('%s is opened as meant', (redisaiUrl, options) => {
    expect(engineClient({ redisaiUrl }, {}).options).toMatchObject(options);
  });

  it('takes certificates to TLS only, and names a server only by name', () => {
    const redisaiTls = { ca: 'ca', cert: 'cert', key: 'key' };
    expect(engineTls({ redisaiUrl: 'redis://h:1', redisaiTls })).toBeUndefined();
    expect(engineTls({ redisaiUrl: 'rediss://h:1', redisaiTls })).toEqual({ ...redisaiTls, servername: 'h' });
    expect(engineTls({ redisaiUrl: 'rediss://[::1]:1', redisaiTls })).toEqual(redisaiTls);
  });

  it.each([
    ['rediss://h:1', 'SELF_SIGNED_CERT_IN_CHAIN', true],
    ['rediss://h:1', 'ERR_TLS_CERT_ALTNAME_INVALID', true],
    ['rediss://h:1', 'ERR_SSL_WRONG_VERSION_NUMBER', true],
    ['rediss://h:1', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
    ['rediss://h:1', 'ECONNRESET', true],
    ['rediss://h:1', 'ECONNREFUSED', false],
    ['redis://h:1', 'ECONNRESET', false],
  ])('%s that fails with %s is a matter of TLS: %s', (redisaiUrl, code, isTls) => {
    expect(engineDistrust(failure(code), { redisaiUrl })?.code).toBe(isTls ? 'ENGINE_TLS_FAILED' : undefined);
  });

  it('does not blame a missing certificate where one was shown', () => {
    const address = { redisaiUrl: 'rediss://h:1', redisaiTls: { cert: 'cert', key: 'key' } };
    expect(engineDistrust(failure('ECONNRESET'), address)).toBeUndefined();
  });
});
