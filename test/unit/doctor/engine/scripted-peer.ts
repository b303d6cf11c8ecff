// An engine that answers from a table: a healthy one unless told otherwise.
import { FEATURE_NAMES } from '../../../../src/contracts/features.ts';
import type { EnginePeer } from '../../../../src/doctor/engine/engine-peer.ts';
import type { Reply } from '../../../../src/stream/engine/reply.ts';

export const NOW = 1_700_000_000_000;

/** The first part of a command that fits → its reply. */
export type Script = Readonly<Record<string, Reply>>;

export const refusal = (words: string): Error => Object.assign(new Error(words), { name: 'ReplyError' });

const tensor = Buffer.from(new Float32Array([0.25, 0.75]).buffer);

export const model = (device: string, backend = 'TF', output = 'output'): Reply => [
  ...['backend', backend, 'device', device, 'tag', 'a'.repeat(64)],
  ...['inputs', ['transaction', 'reference'], 'outputs', [output]],
];

export const hash = (names: readonly string[] = FEATURE_NAMES, value = '7'): Reply =>
  names.flatMap((name) => [name, value]);

const HEALTHY: Script = {
  'AI.MODELGET doctor{tag} META': refusal('ERR model key is empty'),
  'INFO memory': 'used_memory:1048576\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\n',
  INFO: '# Server\r\nredis_version:7.0.15\r\nloading:0\r\nrole:master\r\n',
  'MODULE LIST': [['name', 'ai', 'ver', 10_207]],
  TIME: [String(NOW / 1000), '0'],
  'EXISTS helper_script{tag} ': 4,
  EXISTS: 1,
  'AI.SCRIPTGET': ['device', 'CPU', 'tag', '', 'Entry Points', ['hashes_to_tensor', 'post_processing']],
  'AI.MODELGET fraud_detection_model{tag}_CPU:1': model('CPU:1'),
  'AI.MODELGET fraud_detection_model{tag}_CPU': model('CPU'),
  ZREVRANGEBYSCORE: [Buffer.from('7_0{tag}')],
  'AI.DAGEXECUTE': [
    ...['OK', 'OK', 'OK', 'OK', 'OK', tensor, tensor],
    ['dtype', 'FLOAT', 'shape', [1, 2], 'blob', tensor],
  ],
  ZCARD: 1,
  ZRANGE: [Buffer.from('7_0{tag}'), '7'],
  HGETALL: hash(),
};

/** `script` goes before what a healthy engine would say. */
export function enginePeer(script: Script = {}, more: Partial<EnginePeer> = {}): EnginePeer {
  const table = [...Object.entries(script), ...Object.entries(HEALTHY)];
  const ask: EnginePeer['ask'] = (...words) => {
    const asked = words.join(' ');
    const [, reply] = table.find(([start]) => asked.startsWith(start)) ?? ['', refusal('ERR unknown command')];
    return Promise.resolve(reply);
  };
  return { ask, tag: 'tag', devices: ['CPU', 'CPU:1'], lookup: 'client', now: () => NOW, ...more };
}
