// A run that the page asks for: read with a bound, checked against a shape, and refused where it may come from another site.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { RunRequest } from './snapshot.ts';

const BODY_BYTES_MAX = 64 * 1024;
const VALUES_MAX = 4_096;

const SHAPE = z.strictObject({
  key: z.string().max(512),
  entryPoint: z.string().max(128).optional(),
  keys: z.array(z.string().min(1).max(512)).max(10),
  inputs: z.array(z.array(z.number()).min(1).max(VALUES_MAX)).max(4),
});

/** What is wrong with a request is for whoever sent it. */
export class BadRun extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws BadRun */
export async function readRunRequest(request: IncomingMessage, mayRunKeys: readonly string[]): Promise<RunRequest> {
  refuseOtherSites(request);
  const body = await readBody(request);
  const parsed = SHAPE.safeParse(parseJson(body));
  if (!parsed.success) throw new BadRun(400, z.prettifyError(parsed.error));
  if (!mayRunKeys.includes(parsed.data.key)) throw new BadRun(404, `${parsed.data.key} is none of this stream's`);
  return parsed.data;
}

/** Another site's form can send neither this type nor this header, and its script may not without being asked for. */
function refuseOtherSites({ headers }: IncomingMessage): void {
  const isOwnOrigin = headers.origin === undefined || headers.origin === `http://${headers.host ?? ''}`;
  const isJson = headers['content-type'] === 'application/json';
  if (!isOwnOrigin || !isJson || headers['x-fraudstream'] !== 'run') {
    throw new BadRun(
      403,
      'runs are for the page of this server: JSON, its own origin, and the header x-fraudstream: run',
    );
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new BadRun(413, `more than ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRun(400, 'this is no JSON');
  }
}
