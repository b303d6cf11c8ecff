// Promise: each thing that can be wrong with an engine is told on its own line, and a healthy one gives no complaint.
import { describe, expect, it } from 'vitest';
import { FEATURE_NAMES } from '../../../../src/contracts/features.ts';
import { ENGINE_CHECKS } from '../../../../src/doctor/engine/engine-checks.ts';
import type { EnginePeer } from '../../../../src/doctor/engine/engine-peer.ts';
import { examine } from '../../../../src/doctor/examine.ts';
import { enginePeer, hash, model, refusal, type Script } from './scripted-peer.ts';

async function complaints(script: Script, more: Partial<EnginePeer> = {}): Promise<string[]> {
  const lines = await examine(ENGINE_CHECKS, enginePeer(script, more));
  return lines
    .filter(({ severity }) => severity !== 'ok')
    .map(({ severity, check, message }) => `${severity} ${check}: ${message}`);
}

const swapped = [...FEATURE_NAMES];
[swapped[1], swapped[2]] = [swapped[2]!, swapped[1]!];

const CASES: readonly (readonly [what: string, script: Script, line: RegExp])[] = [
  ['no AI module', { 'AI.MODELGET doctor': refusal("ERR unknown command 'AI.MODELGET'") }, /^error engine: .*no AI/],
  ['no rights', { 'AI.MODELGET doctor': refusal('NOPERM this user has no permissions') }, /^error engine: NOPERM/],
  ['loading', { 'INFO memory': refusal('x'), INFO: 'loading:1\r\nrole:master\r\n' }, /^error engine: .*loading/],
  ['a replica', { INFO: 'role:slave\r\nmaxmemory_policy:noeviction' }, /^error engine: .*replica/],
  ['an old RedisAI', { 'MODULE LIST': [['name', 'ai', 'ver', 10_205]] }, /^warning engine: .*1\.2\.5.*crashes/],
  [
    'eviction',
    { 'INFO memory': 'used_memory:1\r\nmaxmemory:100\r\nmaxmemory_policy:allkeys-lru' },
    /^error memory: allkeys-lru/,
  ],
  [
    'eviction without a limit',
    { 'INFO memory': 'used_memory:1\r\nmaxmemory:0\r\nmaxmemory_policy:volatile-ttl' },
    /^warning memory: volatile-ttl/,
  ],
  [
    'a full engine',
    { 'INFO memory': 'used_memory:95\r\nmaxmemory:100\r\nmaxmemory_policy:noeviction' },
    /^warning memory: noeviction/,
  ],
  ['a clock that is off', { TIME: ['1700000003', '500000'] }, /^warning clock: .*3\.5 s off/],
  ['another node', { EXISTS: refusal('MOVED 1 other:6379') }, /^error keys: .*MOVED/],
  ['a missing script', { 'EXISTS helper_script{tag}': 0 }, /^error keys: helper_script\{tag\} is not there/],
  [
    'an entry point that is missing',
    { 'AI.SCRIPTGET': ['device', 'CPU', 'tag', '', 'Entry Points', ['hashes_to_tensor']] },
    /^error script: .*no entry point post_processing/,
  ],
  [
    'a missing model',
    { 'AI.MODELGET fraud': refusal('ERR model key is empty') },
    /^error models: .*model key is empty/,
  ],
  ['a model on another device', { 'AI.MODELGET fraud': model('CPU') }, /^error models: .*_CPU:1 runs on CPU, not on/],
  [
    'another output',
    { 'AI.MODELGET fraud_detection_model{tag}_CPU ': model('CPU', 'TF', 'y') },
    /^error models: .*→ y;/,
  ],
  ['a DAG that is refused', { 'AI.DAGEXECUTE': refusal('ERR shape') }, /^error dag: no score: ERR shape/],
  ['no references', { ZCARD: 0 }, /^warning references: .*empty/],
  ['a reference that is gone', { HGETALL: [] }, /^warning references: 1 of 1 .*gone.*7_0\{tag\}/],
  ['fields in another order', { HGETALL: hash(swapped) }, /^error references: .*order.*field 2 is V2, not V1/],
  ['too few fields', { HGETALL: hash(FEATURE_NAMES.slice(1)) }, /^error references: .*29 fields, not 30/],
  ['no numbers', { HGETALL: hash(FEATURE_NAMES, 'seven') }, /^error references: .*numbers.*Time/],
  ['another time', { HGETALL: hash(FEATURE_NAMES, '8') }, /^error references: .*score 7, Time 8/],
  ['a set that may not be looked at', { ZRANGE: refusal('NOPERM zrange') }, /^error references: .*NOPERM/],
  ['a key of another type', { HGETALL: refusal('WRONGTYPE Operation') }, /^error references: .*WRONGTYPE/],
];

describe('the checks of an engine', () => {
  it('find nothing wrong with a healthy one', async () => {
    expect(await complaints({})).toEqual([]);
  });

  it.each(CASES)('tell of %s', async (_what, script, line) => {
    expect(await complaints(script)).toContainEqual(expect.stringMatching(line));
  });

  it('stop after the first where it could only be repeated', async () => {
    expect(await complaints({ 'AI.MODELGET doctor': refusal("ERR unknown command 'AI.MODELGET'") })).toHaveLength(1);
  });

  it('take a model without names of its inputs, as TorchScript has none', async () => {
    const nameless = (device: string) => ['backend', 'TORCH', 'device', device, 'tag', '', 'inputs', [], 'outputs', []];
    const models = {
      'AI.MODELGET fraud_detection_model{tag}_CPU:1': nameless('CPU:1'),
      'AI.MODELGET fraud_detection_model{tag}_CPU': nameless('CPU'),
    };
    expect(await complaints(models)).toEqual([]);
  });
});

describe('the script that looks references up', () => {
  const counted = Buffer.from(new Float32Array([7, 6]).buffer);
  const byScript = (lookup: 'script' | 'lua', entryPoints: readonly string[]): Promise<string[]> => {
    const tensor = Buffer.from(new Float32Array([0.25, 0.75]).buffer);
    const result = ['dtype', 'FLOAT', 'shape', [1, 2], 'blob', tensor];
    const script = {
      'AI.SCRIPTGET': ['device', 'CPU', 'tag', '', 'Entry Points', [...entryPoints]],
      'AI.DAGEXECUTE': ['OK', 'OK', 'OK', 'OK', 'OK', tensor, tensor, result, counted],
    };
    return complaints(script, { lookup });
  };

  it.each([
    ['script', 'references_to_tensor'],
    ['lua', 'references_to_tensor_by_lua'],
  ] as const)('LOOKUP=%s needs %s, and a DAG that calls it', async (lookup, entryPoint) => {
    expect(await byScript(lookup, [entryPoint, 'post_processing'])).toEqual([]);
    expect(await byScript(lookup, ['hashes_to_tensor', 'post_processing'])).toEqual([
      `error script: helper_script{tag} has no entry point ${entryPoint}`,
    ]);
  });

  it('is tried by a DAG whose reply does not count the references', async () => {
    expect(await complaints({}, { lookup: 'script' })).toContainEqual(expect.stringMatching(/^error dag: no score/));
  });
});

describe('live history', () => {
  const history = { groupId: 'group', partitions: [{ topic: 'transactions', partition: 2 }] };
  const [mark, order] = ['history_mark{tag}:transactions:2', 'history{tag}:transactions:2'];
  const key = 'transactions:2:0000000000000004:1700000000000{tag}';
  const kept = (set: string): Script => ({
    [`ZRANGE ${mark}`]: ['clock:b:group', '1700000000000', 'next:b:group', '5'].map((word) => Buffer.from(word)),
    [`ZCARD ${order}`]: 1,
    [`ZRANGE ${order}`]: [Buffer.from(`0000000000000004:1700000000000${set.slice(30)}`), '4'],
    [`ZCARD ${set}`]: 1,
    [`ZRANGE ${set}`]: [Buffer.from(key), '7'],
  });
  const SETS = ['references{tag}:transactions:2', 'references{tag}:transactions:2:card 7'];

  it.each(SETS)('is as it should be: %s', async (set) => {
    expect(await complaints(kept(set), { history })).toEqual([]);
  });

  it.each(SETS)('tells of a member without its hash, and how it comes back: %s', async (set) => {
    const gone = { ...kept(set), [`HGETALL ${key}`]: [], ZSCORE: '7' };
    const lines = await examine(ENGINE_CHECKS, enginePeer(gone, { history }));
    expect(lines.filter(({ check }) => check === 'live-history')).toEqual([
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringMatching(/^1 of 1 looked at are gone/) as string,
        next: `have it read again from the topic: DEL ${mark}`,
      }),
    ]);
  });

  it('does not tell of one that was removed meanwhile', async () => {
    const removed = { ...kept(SETS[0]!), [`HGETALL ${key}`]: [], ZSCORE: null };
    expect(await complaints(removed, { history })).toEqual([]);
  });

  it('tells of another group', async () => {
    expect(await complaints(kept(SETS[0]!), { history: { ...history, groupId: 'other' } })).toContainEqual(
      expect.stringMatching(/^error live-history: .*belongs to the group group/),
    );
  });

  it('may be all that there is: provisioned references need not be', async () => {
    expect(await complaints({ ...kept(SETS[0]!), 'ZCARD references{tag} ': 0 }, { history })).toEqual([]);
  });
});
