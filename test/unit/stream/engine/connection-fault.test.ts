// Promise: what TLS or the engine itself refuses is told apart from an engine that is away, and named with what mends it.
import { describe, expect, it } from 'vitest';
import { connectionFault } from '../../../../src/stream/engine/connection-fault.ts';
import { notReached } from '../../../../src/stream/engine/engine-connection.ts';

const failure = (code: string): Error => Object.assign(new Error(`it says ${code}`), { code });

describe('an engine to which there is no connection', () => {
  it.each([
    ['rediss://h:1', 'SELF_SIGNED_CERT_IN_CHAIN', true],
    ['rediss://h:1', 'ERR_TLS_CERT_ALTNAME_INVALID', true],
    ['rediss://h:1', 'ERR_SSL_WRONG_VERSION_NUMBER', true],
    ['rediss://h:1', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
    ['rediss://h:1', 'ECONNRESET', true],
    ['rediss://h:1', 'ECONNREFUSED', false],
    ['redis://h:1', 'ECONNRESET', false],
  ])('%s that fails with %s is a matter of TLS: %s', (redisaiUrl, code, isTls) => {
    expect(connectionFault(failure(code), { redisaiUrl })?.code).toBe(isTls ? 'ENGINE_TLS_FAILED' : undefined);
  });

  it('is not blamed for a missing certificate where one was shown', () => {
    const address = { redisaiUrl: 'rediss://h:1', redisaiTls: { cert: 'cert', key: 'key' } };
    expect(connectionFault(failure('ECONNRESET'), address)).toBeUndefined();
  });

  it.each([
    'WRONGPASS invalid username-password pair or user is disabled.',
    'NOAUTH Authentication required.',
    'ERR invalid password',
    "ERR wrong number of arguments for 'auth' command",
    'All sentinels are unreachable and retry is disabled. Last error: NOAUTH Authentication required.',
  ])('does not let one in where it says: %s', (words) => {
    const error = notReached({ redisaiUrl: 'redis://me:pass@h:1' }, new Error(words));
    expect(error).toMatchObject({ code: 'ENGINE_LOGIN_REFUSED', exitCode: 78, retriable: false });
    expect(error.message).toBe(`the engine at redis://h:1 does not let this user in: ${words}`);
    expect(error.next).toMatch(/REDISAI_URL/);
  });

  it('is away where nobody says anything', () => {
    const error = notReached({ redisaiUrl: 'redis://h:1' }, failure('ECONNREFUSED'));
    expect(error).toMatchObject({ code: 'ENGINE_UNREACHABLE', exitCode: 69, retriable: true });
  });
});
