// Whose failure it is: the engine's (wait), the operator's (stop, missing) or the record's own.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/stream/engine/reply.ts';
import { verdictOf } from '../../../src/stream/engine/verdict.ts';

const errorReply = (words: string): Error => Object.assign(new Error(words), { name: 'ReplyError' });

describe('an engine failure', () => {
  it.each<[string, Reply]>([
    ['wait', new Error('Connection is closed.')],
    ['wait', new Error('Command timed out')],
    ['wait', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['wait', errorReply('LOADING Redis is loading the dataset in memory')],
    ['wait', errorReply("OOM command not allowed when used memory > 'maxmemory'.")],
    ['elsewhere', errorReply('MOVED 1 127.0.0.1:7001')],
    ['elsewhere', errorReply('ASK 1 127.0.0.1:7001')],
    ['elsewhere', errorReply('TRYAGAIN Multiple keys request during rehashing of slot')],
    ['elsewhere', errorReply('CLUSTERDOWN Hash slot not served')],
    ['elsewhere', errorReply("READONLY You can't write against a read only replica.")],
    ['wait', errorReply("CROSSSLOT Keys in request don't hash to the same slot")],
    ['wait', Buffer.from('TIMEDOUT')],
    ['wait', 'TIMEDOUT'],
    ['missing', errorReply('ERR model key is empty')],
    ['missing', errorReply('ERR script key is empty')],
    ['missing', [Buffer.from('OK'), errorReply('Function does not exist: hashes_to_tensor')]],
    ['wrong-type', errorReply('WRONGTYPE Operation against a key holding the wrong kind of value')],
    ['own', [Buffer.from('OK'), errorReply('WRONGTYPE Operation against a key holding the wrong kind of value')]],
    ['stop', errorReply("ERR unknown command 'AI.DAGEXECUTE', with args beginning with: ")],
    ['stop', errorReply('NOAUTH Authentication required.')],
    ['own', errorReply('ERR INPUT key cannot be found in DAG')],
    ['own', [Buffer.from('OK'), errorReply('Incompatible shapes: [1,256] vs. [1,30]'), Buffer.from('NA')]],
    ['own', [Buffer.from('OK')]],
    ['own', null],
  ])('%s: %s', (verdict, reply) => {
    expect(verdictOf(reply)).toBe(verdict);
  });
});
