// Promise: while CLIENT PAUSE lasts, what it names waits and is answered afterwards, in order; everybody else goes on.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, type RunningEngine } from '../../../../src/redisai/index.ts';
import { Resp2Client } from '../../../helpers/resp2-client.ts';

const OK = { t: 'status', v: 'OK' };
const LONG = '3600000';

let engine: RunningEngine;
let one: Resp2Client;
let other: Resp2Client;

beforeEach(async () => {
  engine = await startEngine();
  const port = Number(new URL(engine.url).port);
  [one, other] = [await Resp2Client.open(port), await Resp2Client.open(port)];
});

afterEach(async () => {
  one.close();
  other.close();
  await engine.stop();
});

describe('CLIENT PAUSE', () => {
  it('WRITE holds writes until UNPAUSE', async () => {
    await one.send('CLIENT', 'PAUSE', LONG, 'WRITE');
    const answered: string[] = [];
    const write = other.send('SET', 'k', '1').then(() => answered.push('write'));
    expect(await one.send('EXISTS', 'k')).toEqual({ t: 'int', v: 0 });
    expect(answered).toEqual([]);
    expect(await one.send('CLIENT', 'UNPAUSE')).toEqual(OK);
    await write;
    expect(await one.send('EXISTS', 'k')).toEqual({ t: 'int', v: 1 });
  });

  it('holds everything until its time is over, and keeps the order of a connection', async () => {
    await one.send('CLIENT', 'PAUSE', '30');
    const replies = await Promise.all([other.send('SET', 'k', '1'), other.send('APPEND', 'k', '2'), one.send('PING')]);
    expect(replies).toEqual([OK, { t: 'int', v: 2 }, { t: 'status', v: 'PONG' }]);
  });

  it('drops what a client that has gone meanwhile had asked for', async () => {
    await one.send('CLIENT', 'PAUSE', LONG, 'WRITE');
    await other.send('PING');
    other.send('SET', 'k', '1').catch(() => undefined);
    await one.send('PING');
    expect(await one.send('CLIENT', 'KILL', 'SKIPME', 'yes')).toEqual({ t: 'int', v: 1 });
    await one.send('CLIENT', 'UNPAUSE');
    expect(await one.send('EXISTS', 'k')).toEqual({ t: 'int', v: 0 });
  });
});
