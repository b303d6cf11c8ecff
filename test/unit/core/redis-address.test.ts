// Promise: an address of one engine stays as it was; several nodes are a cluster; what is wrong is said without the password.
import { describe, expect, it } from 'vitest';
import { redisAddress, shownAddress } from '../../../src/core/redis-address.ts';

const nobody = { username: undefined, password: undefined, tls: false };
const node = (host: string, port = 6379) => ({ host, port });

describe('an address', () => {
  it.each([
    ['redis://localhost:6379', 'redis://localhost:6379'],
    ['rediss://user:pa,ss@host:6380/2', 'rediss://user:pa,ss@host:6380/2'],
    ['redis://[::1]:7000', 'redis://[::1]:7000'],
    ['redis://host?db=1', 'redis://host?db=1'],
    ['unix:/run/engine.sock', '/run/engine.sock'],
    ['unix:///run/engine.sock', '/run/engine.sock'],
  ])('%s is one server', (url, place) => {
    expect(redisAddress(url)).toEqual({ kind: 'server', place });
  });

  it.each([
    ['redis://a:1,b:2', { ...nobody, nodes: [node('a', 1), node('b', 2)] }],
    ['redis+cluster://a', { ...nobody, nodes: [node('a')] }],
    ['redis+cluster://[::1]:7000,b:7001/', { ...nobody, nodes: [node('::1', 7000), node('b', 7001)] }],
    [
      'rediss+cluster://me:p%40ss@a:1, b:2',
      { nodes: [node('a', 1), node('b', 2)], username: 'me', password: 'p@ss', tls: true },
    ],
    ['redis://:secret@a:1,b:2', { ...nobody, nodes: [node('a', 1), node('b', 2)], password: 'secret' }],
  ])('%s is a cluster', (url, address) => {
    expect(redisAddress(url)).toEqual({ kind: 'cluster', ...address });
  });

  it.each([
    ['redis+sentinel://a,b:26380/mymaster', { ...nobody, nodes: [node('a', 26_379), node('b', 26_380)], db: 0 }],
    [
      'redis+sentinel://me:pw@a:1/mymaster/3',
      { nodes: [node('a', 1)], username: 'me', password: 'pw', tls: false, db: 3 },
    ],
  ])('%s is a master that Sentinels know', (url, address) => {
    expect(redisAddress(url)).toEqual({ kind: 'sentinel', master: 'mymaster', ...address });
  });

  it.each([
    ['http://x', /not an address/],
    ['redis://', /not an address/],
    ['redis+cluster://', /not an address/],
    ['redis+cluster://u:hunter2@a:1,b:2/1', /a cluster has none but 0/],
    ['redis+cluster://u:hunter2@a:1,,b:2', /no host:port/],
    ['redis+cluster://u:hunter2@a:99999', /no host:port/],
    ['redis+sentinel://u:hunter2@a:1', /no master/],
    ['redis://u:hunter2/3@a:1', /has a \/, \? or #/],
    ['redis://u:hunter2?3@a:1', /has a \/, \? or #/],
    ['rediss://:#hunter2@a:1', /has a \/, \? or #/],
  ])('%s is refused, and no password is told', (url, words) => {
    expect(() => redisAddress(url)).toThrow(words);
    expect(() => redisAddress(url)).not.toThrow(/hunter2/);
  });

  it('is shown without who one is there', () => {
    expect(shownAddress('redis+cluster://u:hunter2@a:1,b:2')).toBe('redis+cluster://a:1,b:2');
    expect(shownAddress('redis://a:1/2?password=hunter2')).toBe('redis://a:1/2');
  });
});
