// The registry as a peer: what it knows is read, what it does not know is one record's fault, and while it is away the batch waits.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import avro from 'avsc';
import { ContractError } from '../../../../src/contracts/contract-error.ts';
import { FEATURE_NAMES } from '../../../../src/contracts/features.ts';
import { decodeTransaction } from '../../../../src/contracts/transaction.ts';
import { packageFile } from '../../../../src/core/package-root.ts';
import { HttpSchemaRegistry } from '../../../../src/stream/registry/schema-registry.ts';

interface SchemaJson {
  name: string;
  namespace?: string;
  type: 'record';
  fields: { name: string; type: unknown; default?: unknown }[];
}
const OURS = JSON.parse(readFileSync(packageFile('schemas', 'transaction.avsc'), 'utf8')) as SchemaJson;

/** As another team would register it: their namespace, an extra field, floats where ours are doubles, no label. */
const THEIRS: SchemaJson = {
  name: 'Transaction',
  namespace: 'com.example.cards',
  type: 'record',
  fields: [
    { name: 'merchant', type: 'string' },
    ...OURS.fields
      .filter(({ name }) => name !== 'label')
      .map(({ name, type }) => ({ name, type: /^v\d/.test(name) ? 'float' : type })),
  ],
};
const VALUE = {
  merchant: 'a shop',
  transactionId: '9_9',
  ...Object.fromEntries(FEATURE_NAMES.map((name, index) => [name.toLowerCase(), index / 4])),
  label: 1,
};

function wireFormat(id: number, schema: SchemaJson): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(id, 1);
  return Buffer.concat([header, avro.Type.forSchema(schema as avro.Schema).toBuffer(VALUE)]);
}

let server: Server | undefined;
afterEach(() => server?.close());

/** A registry that answers as told; what it was asked is kept. */
async function registry(answer: (request: IncomingMessage, response: ServerResponse) => void, now?: () => number) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.url!} ${request.headers.authorization ?? ''}`.trim());
    answer(request, response);
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const options = { url: `http://127.0.0.1:${port}/registry/`, username: 'ada', password: 'secret' };
  return { asked, client: new HttpSchemaRegistry(options, now) };
}

const json =
  (body: unknown, status = 200) =>
  (_: unknown, response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
const NOT_FOUND = { error_code: 40403, message: 'Schema 7 not found' };

async function errorClassOf(answer: Parameters<typeof registry>[0], value: Buffer): Promise<string> {
  const { client } = await registry(answer);
  const schemas = await client.schemas(new Set([7]));
  try {
    decodeTransaction(value, schemas);
    return 'taken';
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return `${error.errorClass}: ${error.message}`;
  }
}

describe('the schema registry', () => {
  it('gives the schema that a value was written with, and is asked once', async () => {
    const { asked, client } = await registry(json({ schema: JSON.stringify(THEIRS) }));
    for (let round = 0; round < 2; round++) {
      const schemas = await client.schemas(new Set([7]));
      const transaction = decodeTransaction(wireFormat(7, THEIRS), schemas);
      expect(transaction).toMatchObject({ transactionId: '9_9', time: 0, amount: 7.25, label: null });
      expect([...transaction.features]).toEqual(FEATURE_NAMES.map((_, index) => index / 4));
    }
    expect(asked).toEqual([`/registry/schemas/ids/7 Basic ${Buffer.from('ada:secret').toString('base64')}`]);
  });

  it('checks a value that it could read as any other', async () => {
    const whole = wireFormat(7, THEIRS);
    const answer = json({ schema: JSON.stringify(THEIRS) });
    expect(await errorClassOf(answer, whole.subarray(0, -3))).toMatch(/^truncated/);
    expect(await errorClassOf(answer, Buffer.concat([whole, Buffer.from([0])]))).toMatch(/^trailing-bytes/);
    expect(await errorClassOf(answer, whole.subarray(0, 4))).toMatch(/^truncated/);
  });

  it.each([
    ['an unknown id', json(NOT_FOUND, 404), /the schema registry does not know it/],
    [
      'a schema that is no transaction',
      json({ schema: '{"type":"record","name":"Order","fields":[]}' }),
      /unknown-schema/,
    ],
    ['no Avro schema', json({ schema: 'syntax = "proto3";', schemaType: 'PROTOBUF' }), /it is no Avro schema/],
    ['a schema in parts', json({ schema: '"string"', references: [{ name: 'x' }] }), /it refers to other schemas/],
    [
      'a schema with an array',
      json({
        schema: JSON.stringify({
          ...THEIRS,
          fields: [...THEIRS.fields, { name: 'tags', type: { type: 'array', items: 'null' } }],
        }),
      }),
      /arrays and maps have no place/,
    ],
  ])('%s costs the record, with the reason', async (_name, answer, words) => {
    const outcome = await errorClassOf(answer, wireFormat(7, THEIRS));
    expect(outcome).toMatch(/^unknown-schema/);
    expect(outcome).toMatch(words);
  });

  it.each([
    ['is overloaded', json({}, 503)],
    ['asks for patience', json({}, 429)],
    ['hangs up', (_: unknown, response: ServerResponse) => void response.destroy()],
    ['answers without end', (_: unknown, response: ServerResponse) => void response.end('x'.repeat(1_100_000))],
  ])('that %s makes the batch wait', async (_name, answer) => {
    const { client } = await registry(answer);
    await expect(client.schemas(new Set([7]))).rejects.toMatchObject({ name: 'RegistryUnavailable' });
  });

  it.each([
    ['a wrong password', json({ error_code: 40101 }, 401), 'REGISTRY_REFUSED'],
    ['a 404 of something else', json({ error: 'no such page' }, 404), 'REGISTRY_UNFIT'],
    ['a page', (_: unknown, response: ServerResponse) => void response.end('<html>'), 'REGISTRY_UNFIT'],
  ])('%s ends the consumer rather than any record', async (_name, answer, code) => {
    const { client } = await registry(answer);
    await expect(client.schemas(new Set([7]))).rejects.toMatchObject({ code });
  });

  it('asks again for an unknown id after a minute, not before', async () => {
    let now = 0;
    const { asked, client } = await registry(json(NOT_FOUND, 404), () => now);
    for (const at of [0, 59_000, 61_000]) {
      now = at;
      await client.schemas(new Set([7]));
    }
    expect(asked).toHaveLength(2);
  });
});
