// Promise: the HTTP server answers what it has, says no clearly to the rest, and never under another site's name.
import { request, type IncomingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHttpServer, type RunningHttpServer } from '../../../src/observe/http/http-server.ts';
import { json } from '../../../src/observe/http/route.ts';

describe('the HTTP server', () => {
  let server: RunningHttpServer;
  const failures: string[] = [];
  const start = (port = 0): Promise<RunningHttpServer> =>
    startHttpServer({
      host: '127.0.0.1',
      port,
      routes: [
        { method: 'GET', path: '/a', handle: () => json(200, { a: 1 }) },
        {
          method: 'GET',
          path: '/broken',
          handle: () => {
            throw new Error('a secret of the inside');
          },
        },
      ],
      failed: (reason) => failures.push(reason),
    });
  const ask = (path: string, method = 'GET', host?: string) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
      const headers = host === undefined ? {} : { host };
      const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
      });
      asked.on('error', reject).end();
    });

  beforeEach(async () => {
    failures.length = 0;
    server = await start();
  });
  afterEach(() => server.stop());

  it('answers GET, and HEAD with the same headers and no body', async () => {
    expect(await ask('/a?x=1')).toMatchObject({ status: 200, body: '{"a":1}\n' });
    expect(await ask('/a', 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '8' } });
  });

  it('says what there is where there is nothing, and which methods a path takes', async () => {
    expect(await ask('/b')).toMatchObject({ status: 404, body: expect.stringContaining('/broken') as string });
    expect(await ask('/a', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('tells a browser to run and load nothing of others', async () => {
    const { headers } = await ask('/a');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  });

  it('keeps the words of a defect to the log', async () => {
    const { status, body } = await ask('/broken');
    expect(status).toBe(500);
    expect(body).not.toContain('secret');
    expect(failures).toEqual(['a secret of the inside']);
  });

  it.each(['localhost:80', '127.0.0.1', '[::1]:9464'])('answers to the name %s', async (host) => {
    expect((await ask('/a', 'GET', host)).status).toBe(200);
  });

  it.each(['evil.example', 'localhost.evil.example:9464', '127.0.0.1.evil.example'])(
    'does not answer to the name %s',
    async (host) => {
      expect((await ask('/a', 'GET', host)).status).toBe(421);
    },
  );

  it('says that a port is taken', async () => {
    await expect(start(server.port)).rejects.toMatchObject({ code: 'METRICS_PORT_TAKEN', exitCode: 78 });
  });
});
