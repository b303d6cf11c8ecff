// Promise: commands that crash or hang a real RedisAI, or that would open the machine, are answered and harm nobody.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  startEngine,
  type EngineEvent,
  type EngineOptions,
  type RunningEngine,
} from '../../../../src/redisai/index.ts';
import { Resp2Client, type TypedReply } from '../../../helpers/resp2-client.ts';

const SCRIPT = `
def endless(tensors: List[Tensor], keys: List[str], args: List[str]):
    while True:
        a = 1
    return tensors[0]

def half(tensors: List[Tensor], keys: List[str], args: List[str]):
    return tensors[0].half()

def calls_itself(tensors: List[Tensor], keys: List[str], args: List[str]):
    redis.execute("AI.SCRIPTEXECUTE", "script", "endless", "INPUTS", "1", "t")
    return tensors[0]
`;

const events: EngineEvent[] = [];
const engines: RunningEngine[] = [];
const clients: Resp2Client[] = [];
let client: Resp2Client;

async function start(options: EngineOptions = {}): Promise<Resp2Client> {
  const engine = await startEngine({ log: (event) => events.push(event), ...options });
  engines.push(engine);
  return open(engine);
}

async function open(engine: RunningEngine): Promise<Resp2Client> {
  const opened = await Resp2Client.open(Number(new URL(engine.url).port));
  clients.push(opened);
  return opened;
}

function plain(reply: TypedReply): unknown {
  if (reply.t === 'null') return null;
  if (reply.t === 'bulk') return reply.v.toString('latin1');
  return reply.t === 'array' ? reply.v.map(plain) : reply.v;
}

type Word = string | Uint8Array;
const ask = async (one: Resp2Client, ...words: Word[]): Promise<unknown> => plain(await one.send(...words));
const run = (words: string, one: Resp2Client = client): Promise<unknown> => ask(one, ...words.split(' '));

beforeAll(async () => {
  client = await start();
  const stored = ['AI.SCRIPTSTORE', 'script', 'CPU', 'ENTRY_POINTS', '1', 'endless', 'SOURCE', SCRIPT];
  expect(await ask(client, ...stored)).toBe('OK');
  expect(await run('AI.TENSORSET t FLOAT 2 VALUES 1 2')).toBe('OK');
  expect(await run('SET text x')).toBe('OK');
});

afterEach(() => {
  expect(events.filter(({ kind }) => kind === 'defect')).toEqual([]);
});

afterAll(async () => {
  for (const one of clients) one.close();
  await Promise.all(engines.map((engine) => engine.stop()));
});

describe('what crashes a real RedisAI', () => {
  it.each([
    ['AI.MODELSTORE text TF CPU INPUTS 1 a OUTPUTS 1 b BLOB x', /^WRONGTYPE/],
    ['AI.MODELSET text TF CPU INPUTS a OUTPUTS b BLOB x', /^WRONGTYPE/],
    ['AI.SCRIPTEXECUTE script half', /^ERR KEYS or INPUTS scope must be provided first/],
    ['AI.SCRIPTEXECUTE script', /^ERR wrong number of arguments/],
    ['AI.TENSORSET huge FLOAT 1000000000000 1000000', /larger than the limit/],
    ['AI.TENSORSET huge FLOAT 4294967296 4294967296', /larger than the limit/],
    ['AI.TENSORSET huge FLOAT 9007199254740993', /.+/],
    ['AI.TENSORSET huge STRING 1000000000', /larger than the limit/],
    ['AI.TENSORGET', /wrong number of arguments/],
    ['AI.DAGEXECUTE ROUTING 1 |>', /.+/],
    ['AI.DAGEXECUTE PERSIST 999999999 a |> PING', /.+/],
    ['AI.SCRIPTEXECUTE script half INPUTS 1 t OUTPUTS 1 o', /.+/],
    ['AI.SCRIPTEXECUTE script calls_itself INPUTS 1 t OUTPUTS 1 o', /.+/],
    ['AI.SCRIPTEXECUTE script half INPUTS 99999999999 t OUTPUTS 1 o', /.+/],
    ['INFO everything', /ai_RedisAI_version/],
  ])('%s is answered', async (words, answer) => {
    expect(String(await run(words))).toMatch(answer);
    expect(await run('PING')).toBe('PONG');
  });

  it('one reply where the output key holds something else', async () => {
    expect(await run('AI.SCRIPTEXECUTE script half INPUTS 1 t OUTPUTS 1 text')).toMatch(/^WRONGTYPE|^ERR|HERE/);
    expect(await run('ECHO next')).toBe('next');
  });

  it('an endless script ends, and other clients are served', async () => {
    const other = await open(engines[0]!);
    const endless = run('AI.DAGEXECUTE LOAD 1 t TIMEOUT 100 |> AI.SCRIPTEXECUTE script endless INPUTS 1 t OUTPUTS 1 o');
    expect(await run('PING', other)).toBe('PONG');
    expect(JSON.stringify(await endless)).toMatch(/the script was ended/);
    expect(String(await run('AI.SCRIPTEXECUTE script endless INPUTS 1 t OUTPUTS 1 o'))).toMatch(/the script was ended/);
    expect(await run('PING')).toBe('PONG');
  });
});

describe('what would open the machine is refused', () => {
  it.each([
    'AI.CONFIG LOADBACKEND TF /tmp/backend.so',
    'CONFIG SET dir /etc',
    'CONFIG SET dbfilename x',
    'CONFIG SET unixsocket /tmp/x',
    'DEBUG SEGFAULT',
    'DEBUG SLEEP 1000',
    'MODULE LOAD /tmp/module.so',
    'REPLICAOF 127.0.0.1 1',
    'SLAVEOF 127.0.0.1 1',
    'MIGRATE 127.0.0.1 1 text 0 1000',
    'EVAL return(1) 0',
    'CLUSTER MEET 127.0.0.1 1',
  ])('%s', async (words) => {
    expect((await client.send(...words.split(' '))).t).toBe('error');
  });
});

describe('numbers that promise too much', () => {
  it.each([
    ['SRANDMEMBER set -9007199254740991', 'error'],
    ['HRANDFIELD hash -9007199254740991', 'error'],
    ['ZRANDMEMBER zset -9007199254740991', 'error'],
    ['SETRANGE string 9007199254740991 x', 'error'],
    ['SETBIT string 9007199254740991 1', 'error'],
    ['LPOP list 9007199254740991', 'array'],
    ['SPOP set 9007199254740991', 'array'],
    ['SCAN 0 COUNT 9007199254740991', 'array'],
    ['LRANGE list -9007199254740991 9007199254740991', 'array'],
    ['SLOWLOG GET 9007199254740991', 'array'],
    ['XREAD COUNT 1 STREAMS a 0', 'error'],
    ['SINTERCARD 9007199254740991 set', 'error'],
    ['ZUNION 2147483647 zset', 'error'],
    ['BLMPOP 1 2147483647 list LEFT', 'error'],
  ])('%s', async (words, type) => {
    for (const each of ['SADD set a b', 'HSET hash a 1', 'ZADD zset 1 a', 'SET string x', 'RPUSH list a b']) {
      await run(each);
    }
    expect((await client.send(...words.split(' '))).t).toBe(type);
  });

  it('WATCH of very many keys at once', async () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => `key:${i}`);
    expect(await ask(client, 'WATCH', ...keys)).toBe('OK');
    expect(await run('UNWATCH')).toBe('OK');
  });
});

describe('names that JavaScript knows', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    '\0',
    '\xff\xfe',
    'k'.repeat(512 * 1024),
  ];

  it.each(names.map((name) => [name.slice(0, 20), name]))('%j are keys and fields like others', async (_, name) => {
    const bytes = Buffer.from(name, 'latin1');
    expect(await ask(client, 'SET', bytes, 'value')).toBe('OK');
    expect(await ask(client, 'GET', bytes)).toBe('value');
    expect(await ask(client, 'HSET', 'names', bytes, 'value')).toBe(1);
    expect(await ask(client, 'HGET', 'names', bytes)).toBe('value');
    expect(await ask(client, 'DEL', bytes, 'names')).toBe(2);
  });

  it.each(['__proto__', 'constructor', 'toString'])('%s is no command, rule, parameter or section', async (name) => {
    expect(await run(name)).toMatch(/^ERR unknown command/);
    expect(await run(`CONFIG ${name}`)).toMatch(/^ERR/);
    expect(await run(`CONFIG GET ${name}`)).toEqual([]);
    expect(await run(`CONFIG SET ${name} 1`)).toMatch(/^ERR/);
    expect(await run(`ACL SETUSER somebody ${name}`)).toMatch(/^ERR/);
    expect(await run(`INFO ${name}`)).toBe('');
    expect(await run(`OBJECT ${name} text`)).toMatch(/^ERR/);
    expect(await run(`AI.TENSORSET x ${name} 1`)).toMatch(/^ERR/);
    expect(await run(`AI.MODELSTORE x ${name} CPU BLOB x`)).toMatch(/^ERR/);
  });
});

describe('users', () => {
  async function logIn(name: string, rules: string): Promise<Resp2Client> {
    expect(await run(`ACL SETUSER ${name} on >pass ${rules}`)).toBe('OK');
    const one = await open(engines[0]!);
    expect(await run(`AUTH ${name} pass`, one)).toBe('OK');
    return one;
  }

  it('one who may only read cannot write, by no way', async () => {
    const reader = await logIn('reader', '~* +@read +multi +exec +ai.tensorget');
    expect(await run('GET text', reader)).toBe('x');
    expect(await run('AI.TENSORGET t VALUES', reader)).toEqual(['1', '2']);
    for (const words of ['SET text y', 'AI.TENSORSET t FLOAT 1 VALUES 1', 'CONFIG GET *', 'ACL LIST', 'FLUSHALL']) {
      expect(await run(words, reader)).toMatch(/^NOPERM/);
    }
  });

  it('one without AI writes can run models and scripts but store none', async () => {
    const app = await logIn(
      'app',
      '~* +@all -@admin -@dangerous -ai.modelstore -ai.modelset -ai.scriptstore -ai.scriptset -ai.config',
    );
    expect(await run('AI.TENSORSET own FLOAT 1 VALUES 1', app)).toBe('OK');
    for (const words of [
      'AI.SCRIPTSTORE s CPU ENTRY_POINTS 1 f SOURCE x',
      'AI.MODELSTORE m TF CPU BLOB x',
      'AI.CONFIG GET BACKENDSPATH',
      'SHUTDOWN',
      'KEYS *',
    ]) {
      expect(await run(words, app)).toMatch(/^NOPERM/);
    }
  });

  it('one of some keys reaches no others, nor through a DAG', async () => {
    const one = await logIn('tenant', '~own:* +@all');
    expect(await run('SET own:a 1', one)).toBe('OK');
    expect(await run('GET text', one)).toMatch(/^NOPERM/);
    expect(await run('AI.DAGEXECUTE LOAD 1 t |> AI.TENSORGET t VALUES', one)).toMatch(/^NOPERM/);
  });

  it('a script has no more rights than who runs it', async () => {
    const source =
      'def f(tensors: List[Tensor], keys: List[str], args: List[str]):\n    redis.execute("SET", "text", "stolen")\n    return tensors[0]\n';
    expect(await ask(client, 'AI.SCRIPTSTORE', 'writer', 'CPU', 'ENTRY_POINTS', '1', 'f', 'SOURCE', source)).toBe('OK');
    const one = await logIn('runner', '~* +ai.scriptexecute');
    expect(String(await run('AI.SCRIPTEXECUTE writer f INPUTS 1 t OUTPUTS 1 o', one))).toMatch(/permission/i);
    expect(await run('GET text')).toBe('x');
  });
});

describe('beyond maxmemory', () => {
  it('what takes memory is refused, tensors counted; what reads or frees goes on', async () => {
    const full = await start({ maxMemoryBytes: 64 * 1024 });
    expect(await run('AI.TENSORSET t FLOAT 2 VALUES 1 2', full)).toBe('OK');
    expect(await ask(full, 'AI.TENSORSET', 'big', 'FLOAT', '32768', 'BLOB', Buffer.alloc(131_072))).toBe('OK');
    for (const words of [
      'SET a b',
      'AI.TENSORSET t FLOAT 1 VALUES 1',
      'AI.SCRIPTSTORE s CPU ENTRY_POINTS 1 f SOURCE x',
      'AI.DAGEXECUTE LOAD 1 t |> AI.TENSORGET t VALUES',
    ]) {
      expect(await run(words, full)).toMatch(/^OOM/);
    }
    expect(await run('AI.TENSORGET t VALUES', full)).toEqual(['1', '2']);
    expect(await run('DEL big', full)).toBe(1);
    expect(await run('SET a b', full)).toBe('OK');
  });
});
