// Promise: one address, one way to open it.
import { describe, expect, it } from 'vitest';
import { engineClient, engineTls } from '../../../../src/stream/engine/engine-address.ts';

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
});
