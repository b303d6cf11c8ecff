// An address of an engine, as REDISAI_URL has it, taken apart. One server, the nodes of a cluster, or Sentinels that know one.
//
//   address  = server | cluster | sentinel
//   server   = redis[s]://[user[:password]@]host[:port][/db] | unix:path
//   cluster  = redis[s][+cluster]://[user[:password]@]node,node,…        several nodes, or +cluster with one
//   sentinel = redis[s]+sentinel://[user[:password]@]node,node,…/master[/db]
//   node     = host[:port]

export interface RedisNode {
  readonly host: string;
  readonly port: number;
}

export interface RedisLogin {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
}

export type RedisAddress =
  /** As ioredis takes it: a path, or an address. */
  | { readonly kind: 'server'; readonly place: string }
  | ({ readonly kind: 'cluster'; readonly nodes: readonly RedisNode[] } & RedisLogin)
  | ({
      readonly kind: 'sentinel';
      readonly nodes: readonly RedisNode[];
      readonly master: string;
      readonly db: number;
    } & RedisLogin);

const GRAMMAR =
  /^redis(?<tls>s?)(?<kind>\+cluster|\+sentinel)?:\/\/(?:(?<login>[^/]*)@)?(?<nodes>[^/@]+)(?:\/(?<path>[^?]*))?$/;
const NODE = /^(?<host>\[[0-9a-f:.]+\]|[^\s:[\]]+)(?::(?<port>\d{1,5}))?$/i;
const DEFAULT_PORT = { cluster: 6379, sentinel: 26_379 };

/** @throws RangeError saying what is wrong, without what it is in: a password may be part of it */
export function redisAddress(url: string): RedisAddress {
  if (/^unix:./.test(url)) return { kind: 'server', place: url.replace(/^unix:(\/\/)?/, '') };
  // Clients would read a part of the password as the host, and name it in their errors.
  if (/\/\/[^@]*[/?#].*@/.test(url))
    throw new RangeError('has a /, ? or # before its @: in a password they are written %2F, %3F and %23');
  const parts = GRAMMAR.exec(url)?.groups;
  const isOne =
    parts === undefined ? !url.includes(',') : parts['kind'] === undefined && !parts['nodes']!.includes(',');
  if (isOne && /^rediss?:\/\/./.test(url)) return { kind: 'server', place: url };
  if (parts === undefined)
    throw new RangeError('is not an address like redis://host:6379, rediss://user:password@host:6380 or unix:/path');
  return parts['kind'] === '+sentinel' ? sentinel(parts) : cluster(parts);
}

type Parts = Readonly<Record<string, string | undefined>>;

function cluster(parts: Parts): RedisAddress {
  if ((parts['path'] ?? '') !== '') throw new RangeError('names a database: a cluster has none but 0');
  return { kind: 'cluster', nodes: nodesOf(parts, DEFAULT_PORT.cluster), ...loginOf(parts) };
}

function sentinel(parts: Parts): RedisAddress {
  const [, master, db] = /^([^/]+)(?:\/(\d{1,4}))?$/.exec(parts['path'] ?? '') ?? [];
  if (master === undefined) throw new RangeError('names Sentinels and no master: redis+sentinel://host:26379/master');
  return {
    kind: 'sentinel',
    nodes: nodesOf(parts, DEFAULT_PORT.sentinel),
    master: decodeURIComponent(master),
    db: Number(db ?? 0),
    ...loginOf(parts),
  };
}

function nodesOf({ nodes }: Parts, defaultPort: number): readonly RedisNode[] {
  return nodes!.split(',').map((text) => {
    const node = NODE.exec(text.trim())?.groups;
    const port = Number(node?.['port'] ?? defaultPort);
    if (node === undefined || port > 65_535) throw new RangeError('has a node that is no host:port');
    return { host: node['host']!.replace(/^\[|\]$/g, ''), port };
  });
}

function loginOf({ login, tls }: Parts): RedisLogin {
  const [username, ...password] = (login ?? '').split(':');
  const text = (given: string | undefined): string | undefined =>
    given === undefined || given === '' ? undefined : decodeURIComponent(given);
  return {
    username: text(username),
    password: text(password.length === 0 ? undefined : password.join(':')),
    tls: tls === 's',
  };
}

/** As it may be shown: without user and password, which may stand behind the ? too. */
export const shownAddress = (url: string): string => url.replace(/\/\/[^/]*@/, '//').replace(/\?.*$/, '');
