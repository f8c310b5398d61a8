import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bulkCreate } from './bulk-create.ts';
import { bulkBody, testDocument, testStream } from './real-server.fixtures.ts';
import { createSearchClient } from './search-client.ts';

/** The server is faked down to the socket: it misbehaves in ways that a real one does only when it dies. */

type Behaviour = (response: ServerResponse) => void;

const succeed: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"errors":false,"items":[{"create":{"status":201}},{"create":{"status":201}}]}');
};

const faults: [name: string, behaviour: Behaviour][] = [
  ['resets the connection after the whole body', (response) => response.socket?.resetAndDestroy()],
  [
    'cuts its answer short',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
      response.write('{"errors":false,"items":[{"create":{"sta', () => response.socket?.destroy());
    },
  ],
  [
    'answers with half of the JSON',
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":['),
  ],
  [
    'says 503',
    (response) => response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":{"type":"x"}}'),
  ],
  [
    'says 429 as a proxy does',
    (response) => response.writeHead(429, { 'content-type': 'text/html' }).end('<h1>slow down</h1>'),
  ],
  [
    'is at its flood stage',
    (response) =>
      response
        .writeHead(403, { 'content-type': 'application/json' })
        .end('{"error":{"type":"cluster_block_exception"}}'),
  ],
];

describe('bulkCreate over a socket', () => {
  let server: Server | undefined;

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function listen(behaviours: Behaviour[]): Promise<string> {
    const started = createServer((request, response) => {
      request.resume().on('end', () => (behaviours.shift() ?? succeed)(response));
    });
    server = started;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
  }

  it.each(faults)('sends everything again when the server %s', async (_, behaviour) => {
    const client = createSearchClient({ url: await listen([behaviour]) });
    const body = bulkBody([testDocument(1, 0), testDocument(1, 1)]);
    const retry = { maxAttempts: 3, firstDelayMs: 1, maxDelayMs: 5 };
    expect(await bulkCreate(testStream(client), [body], { retry })).toMatchObject({
      created: 2,
      retries: 1,
    });
    await client.close();
  });

  it('stops waiting for a server that does not answer when it is told to', async () => {
    const stop = new AbortController();
    const client = createSearchClient({ url: await listen([() => stop.abort()]) });
    const write = bulkCreate(testStream(client), [bulkBody([testDocument(1, 0)])], {
      signal: stop.signal,
    });
    await expect(write).rejects.toMatchObject({ code: 'search-aborted' });
    await client.close();
  });
});
