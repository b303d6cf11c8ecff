// Promise: every command gets a reply of its own or the reason why not, whatever the connection does; a new connection has
// another number.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeCommand } from '../../../../src/stream/engine/encode-command.ts';
import { openConnection } from '../../../../src/stream/engine/engine-connection.ts';
import { PipelinedConnection } from '../../../../src/stream/engine/pipelined-connection.ts';
import { describeReply, type Reply } from '../../../../src/stream/engine/reply.ts';
import { NO_LOG } from '../../../../src/stream/stream-log.ts';
import { eventually } from '../../../helpers/eventually.ts';
import { resp, ScriptedEngine } from '../../../helpers/scripted-engine.ts';

const TIMEOUT_MS = 300;
const text = (reply: Reply): string => (Buffer.isBuffer(reply) ? reply.toString() : describeReply(reply));
const echo = (words: string): Buffer => encodeCommand(['ECHO', words]);

describe('a pipelined connection', () => {
  let engine: ScriptedEngine;
  let connection: PipelinedConnection;

  beforeEach(async () => {
    engine = await new ScriptedEngine().start();
    engine.override = ([name, words]) => (name === 'ECHO' ? resp.bulk(words!) : undefined);
    connection = new PipelinedConnection(
      await openConnection({ redisaiUrl: engine.url }, TIMEOUT_MS, NO_LOG),
      TIMEOUT_MS,
      NO_LOG,
    );
  });
  afterEach(async () => {
    connection.close();
    await engine.stop();
  });

  it('gives each request its own replies, in order', async () => {
    const requests = ['a', 'b', 'c'].map((words) => connection.send(Buffer.concat([echo(words), echo(words)]), 2));
    const replies = await Promise.all(requests);
    expect(replies.map((pair) => pair.map(text).join())).toEqual(['a,a', 'b,b', 'c,c']);
    expect(await connection.send('', 0)).toEqual([]);
  });

  it('says of what was in flight that the connection was lost, and goes on over a new one', async () => {
    const { generation } = connection;
    engine.override = ([, words]) => {
      if (words === 'b') engine.dropConnections();
      return resp.bulk(words!);
    };
    const replies = await connection.send(Buffer.concat(['a', 'b', 'c'].map(echo)), 3);
    expect(replies.at(-1)).toMatchObject({ message: 'the connection was lost' });
    expect(connection.generation).toBe(generation + 1);
    expect(await connection.send(echo('d'), 1)).toMatchObject([{ message: 'not connected' }]);
    engine.override = ([, words]) => resp.bulk(words!);
    await eventually(async () => text((await connection.send(echo('e'), 1))[0]) === 'e');
  });

  it('gives an engine up that is silent for too long', async () => {
    const { generation } = connection;
    engine.override = ([name, words]) => (name === 'ECHO' ? (words === 'mute' ? '' : resp.bulk(words!)) : undefined);
    const replies = await connection.send(Buffer.concat([echo('a'), echo('mute')]), 2);
    expect(text(replies[0])).toBe('a');
    expect(replies[1]).toMatchObject({ message: `no reply within ${TIMEOUT_MS} ms` });
    expect(connection.generation).toBe(generation + 1);
  });

  it('gives a connection up on which replies come that nobody asked for', async () => {
    const { generation } = connection;
    engine.override = () => Buffer.concat([resp.bulk('a'), resp.bulk('more')]);
    expect(text((await connection.send(echo('a'), 1))[0])).toBe('a');
    await eventually(() => connection.generation === generation + 1);
  });
});
