// The HTTP server of metrics, health and page: few routes, few connections, nothing that waits for long.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXIT, FraudstreamError, messageOf } from '../../core/errors.ts';
import { json, type Answer, type Route } from './route.ts';
import { isForeignName, SECURITY_HEADERS } from './security-headers.ts';

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly routes: readonly Route[];
  /** Told of what is a defect of a route. */
  readonly failed: (reason: string, path: string) => void;
}

export interface RunningHttpServer {
  readonly url: string;
  readonly port: number;
  /** Open streams end too. */
  stop(): Promise<void>;
}

const LIMITS = { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 5_000, maxHeaderSize: 8 * 1024 };
const CONNECTIONS_MAX = 64;

/** @throws FraudstreamError METRICS_PORT_TAKEN, METRICS_NOT_SERVED */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const server = createServer(LIMITS, (request, response) => void answer(options, request, response));
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, options);
  // Metrics never keep a process alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const name = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${name}:${port}`,
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(notServed(host, port, error));
    });
    server.listen(port, host, resolve);
  });
}

async function answer(options: HttpServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]!;
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  try {
    const answered = isForeignName(options.host, request.headers.host)
      ? json(421, { error: 'ask for this server by localhost or 127.0.0.1' })
      : await route(options.routes, path, request, response);
    if (answered !== undefined) write(request, response, answered);
  } catch (error) {
    options.failed(messageOf(error), path);
    if (!response.headersSent) write(request, response, json(500, { error: 'a defect; the log tells more' }));
  }
}

async function route(
  routes: readonly Route[],
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const here = routes.filter((candidate) => candidate.path === path);
  if (here.length === 0) return json(404, { error: 'there is nothing here', paths: routes.map((known) => known.path) });
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const found = here.find((candidate) => candidate.method === method);
  if (found !== undefined) return found.handle(request, response);
  const allowed = here.flatMap((known) => (known.method === 'GET' ? ['GET', 'HEAD'] : [known.method]));
  response.setHeader('allow', allowed.join(', '));
  return json(405, { error: `${path} takes ${allowed.join(', ')}` });
}

function write(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  // A body that nobody has read would be taken for the next request.
  if (!request.complete && request.method === 'POST') response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function notServed(host: string, port: number, cause: NodeJS.ErrnoException): FraudstreamError {
  const isTaken = cause.code === 'EADDRINUSE';
  const words = isTaken ? `port ${port} of ${host} is taken` : `cannot listen on ${host}:${port}: ${messageOf(cause)}`;
  return new FraudstreamError(isTaken ? 'METRICS_PORT_TAKEN' : 'METRICS_NOT_SERVED', `metrics: ${words}`, {
    next: 'name another --metrics-port; 0 takes a free one, off serves none',
    exitCode: EXIT.config,
    cause,
  });
}
