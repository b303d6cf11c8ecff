// Promise: a run is taken from the server's own page only, within bounds, and for this stream's keys only.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readRunRequest } from '../../../../src/observe/live/run-request.ts';

const OWN = {
  host: '127.0.0.1:9464',
  origin: 'http://127.0.0.1:9464',
  'content-type': 'application/json',
  'x-fraudstream': 'run',
};
const GOOD = { key: 'model', keys: [], inputs: [[1, 2]] };
const read = (body: unknown, headers: Record<string, string | undefined> = OWN) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readRunRequest(Object.assign(Readable.from([Buffer.from(text)]), { headers }) as unknown as IncomingMessage, [
    'model',
  ]);
};

it('reads what the page sends', async () => {
  expect(await read(GOOD)).toEqual(GOOD);
});

it.each([
  ['of another origin', { ...OWN, origin: 'http://evil.example' }],
  ['of another port', { ...OWN, origin: 'http://127.0.0.1:80' }],
  ['as a form sends it', { ...OWN, 'content-type': 'text/plain' }],
  ['without the header that needs asking', { ...OWN, 'x-fraudstream': undefined }],
])('refuses one %s', async (_what, headers) => {
  await expect(read(GOOD, headers)).rejects.toMatchObject({ status: 403 });
});

it.each([
  ['no JSON', '{', 400],
  ['a field that is not known', { ...GOOD, more: 1 }, 400],
  ['a number that is none', { ...GOOD, inputs: [['1']] }, 400],
  ['too many inputs', { ...GOOD, inputs: Array(5).fill([1]) }, 400],
  ['too many keys', { ...GOOD, keys: Array(11).fill('k') }, 400],
  ['a key of somebody else', { ...GOOD, key: 'other' }, 404],
  ['too much', ' '.repeat(70_000), 413],
])('refuses %s', async (_what, body, status) => {
  await expect(read(body)).rejects.toMatchObject({ status });
});
