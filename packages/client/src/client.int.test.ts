import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createIntakeClient, createReadingClient, ReadingError } from './index.ts';

interface Asked {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

const servers: Server[] = [];

/** A server of the test's own that answers as it is told; the real ones are in the installation's journeys. */
async function serve(
  answer: (asked: Asked, response: ServerResponse) => void,
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8');
      const one = { url: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      answer(one, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function reply(
  response: ServerResponse,
  status: number,
  [body, headers = {}]: [object, Record<string, string>?],
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

describe('the intake client', () => {
  const receipt = { batchId: 'b', records: 2, bytes: 10, receivedAt: '2026-11-22T10:00:00Z' };
  const batch = { logGroup: 'a/b', logStream: 'c', records: ['x', 'y'.repeat(3000)], idempotencyKey: 'k' };

  it('sends packed records with its key, and takes only a whole receipt as accepted', async () => {
    const { url, asked } = await serve((one, response) =>
      reply(response, 201, [one.headers['idempotency-key'] === 'k' ? receipt : { ...receipt, records: 1 }]),
    );
    const client = createIntakeClient({ endpoint: `${url}/`, key: () => 'secret', headers: { 'X-One': '1' } });
    expect(await client.send(batch)).toEqual({ kind: 'accepted', receipt });
    expect(asked[0]).toMatchObject({
      url: '/v1/log-groups/a%2Fb/log-streams/c/records',
      body: JSON.stringify(batch.records),
      headers: { authorization: 'Bearer secret', 'x-one': '1', 'content-encoding': 'gzip' },
    });
    expect(await client.send({ ...batch, idempotencyKey: 'other' })).toEqual({ kind: 'unexpected', status: 201 });
  });

  it('waits as the server asks and sends the same batch again', async () => {
    let tries = 0;
    const { url, asked } = await serve((_one, response) => {
      tries += 1;
      if (tries === 1) reply(response, 429, [{ code: 'backlog-full' }, { 'retry-after': '0.2' }]);
      else reply(response, 201, [receipt]);
    });
    const started = Date.now();
    const client = createIntakeClient({ endpoint: url, key: 'k' });
    expect((await client.deliver(batch, { withinMs: 10_000 })).kind).toBe('accepted');
    expect(Date.now() - started).toBeGreaterThanOrEqual(190);
    expect(asked[1]?.body).toBe(asked[0]?.body);
  });

  it.each([
    [400, { kind: 'refused', status: 400, code: 'body-invalid' }],
    [403, { kind: 'denied', status: 403, code: 'body-invalid' }],
    [409, { kind: 'conflict', code: 'body-invalid' }],
    [302, { kind: 'unexpected', status: 302 }],
    [503, { kind: 'busy', status: 503, code: 'body-invalid', retryAfterMs: null }],
  ])('tells %i apart', async (status, expected) => {
    const { url } = await serve((_one, response) => reply(response, status, [{ code: 'body-invalid' }]));
    expect(await createIntakeClient({ endpoint: url, key: 'k' }).send(batch)).toEqual(expected);
  });

  it('says unreachable, and stops when it is told', async () => {
    const { url } = await serve(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const client = createIntakeClient({ endpoint: url, key: 'k' });
    expect(await client.send(batch)).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' });
    expect((await client.deliver(batch, { withinMs: 250 })).kind).toBe('unreachable');
    const stopped = await client.deliver(batch, { withinMs: 10_000, signal: AbortSignal.abort() });
    expect(stopped).toEqual({ kind: 'stopped' });
  });
});

describe('the reading client', () => {
  const range = { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' };

  it('follows the cursor to the end', async () => {
    const { url, asked } = await serve((one, response) => {
      const { cursor } = JSON.parse(one.body) as { cursor?: string };
      reply(response, 200, [{ items: [{ id: cursor ?? '0-0' }], ...(cursor === undefined ? { next: '1-0' } : {}) }]);
    });
    const client = createReadingClient({ apiUrl: url, apiKey: 'key' });
    const ids: string[] = [];
    for await (const { id } of client.events(range)) ids.push(id);
    expect(ids).toEqual(['0-0', '1-0']);
    expect(asked[0]?.headers.authorization).toBe('Bearer key');
  });

  it('throws the problem that the API answers', async () => {
    const problem = { type: 't', title: 'no', status: 404, code: 'not-found', requestId: 'r' };
    const { url } = await serve((_one, response) => reply(response, 404, [problem]));
    const client = createReadingClient({ apiUrl: url, apiKey: 'key' });
    const error: unknown = await client.event('1-1').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReadingError);
    expect(error).toMatchObject({ code: 'not-found', status: 404, problem });
  });

  it('asks again while the search is away, for as long as it may', async () => {
    let tries = 0;
    const { url } = await serve((_one, response) => {
      tries += 1;
      if (tries < 3) reply(response, 503, [{ code: 'search-unavailable' }, { 'retry-after': '0' }]);
      else reply(response, 200, [{ items: [] }]);
    });
    const patient = createReadingClient({ apiUrl: url, apiKey: 'key', retryWithinMs: 5000 });
    expect(await patient.logGroups()).toEqual({ items: [] });
    tries = 0;
    await expect(createReadingClient({ apiUrl: url, apiKey: 'key' }).logGroups()).rejects.toMatchObject({
      status: 503,
    });
  });
});
