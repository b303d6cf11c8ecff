// A stand-in for a schema registry: gives the schemas it was told of by number, and answers for others as Confluent's does.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SchemaRegistry {
  readonly url: string;
  /** What was asked for, in order. */
  readonly asked: readonly string[];
  close(): void;
}

const TYPE = { 'content-type': 'application/vnd.schemaregistry.v1+json' };

/** `schemas` may grow while it serves. */
export async function schemaRegistry(schemas: ReadonlyMap<number, object>): Promise<SchemaRegistry> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const id = Number(/^\/schemas\/ids\/(\d+)$/.exec(url)?.[1]);
    const schema = schemas.get(id);
    if (schema === undefined) {
      response.writeHead(404, TYPE).end(JSON.stringify({ error_code: 40403, message: `Schema ${id} not found` }));
    } else {
      response.writeHead(200, TYPE).end(JSON.stringify({ schema: JSON.stringify(schema) }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}
