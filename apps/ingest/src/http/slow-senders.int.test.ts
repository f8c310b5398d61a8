import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';
import { tenantHeader } from '../sender/system-sender.ts';

let ingest: TestIngest;
const sockets: Socket[] = [];
beforeEach(async () => {
  ingest = await openTestIngest({ tenant: { quotas: { bytesPerSecond: 1000, burstBytes: 100 * 1024 ** 2 } } });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await ingest.remove();
});

const recordsPath = '/v1/log-groups/app/log-streams/web-1/records';

/** Says what comes, and sends as much of it as is given. */
async function declare(contentLength: number, body: string): Promise<Socket> {
  const socket = connect(Number(new URL(ingest.running.url).port), '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  const head = [
    `POST ${recordsPath} HTTP/1.1`,
    'Host: x',
    'Content-Type: text/plain',
    `Authorization: Bearer ${ingest.ingestKey}`,
    `Content-Length: ${contentLength}`,
  ];
  await new Promise((resolve) => socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, resolve));
  return socket;
}

async function postOwnRecord(): Promise<Response> {
  return fetch(`${ingest.running.url}/v1/log-groups/akashi/audit/log-streams/api/records`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await ingest.keyring.systemSenderKey()}`,
      'content-type': 'application/json',
      [tenantHeader]: ingest.tenantId,
    },
    body: JSON.stringify(['{"a":1}']),
  });
}

describe('lengths that are only declared', () => {
  it('take nothing from the organisation, nor from its audit trail', async () => {
    for (let count = 0; count < 40; count += 1) await declare(16 * 1024 ** 2, 'a line\n');
    expect((await ingest.post('', 'x')).status).toBe(201);
    expect((await postOwnRecord()).status).toBe(201);
  });

  it('take the requests of their key at most, and nothing of the audit trail', async () => {
    const held = await Promise.all(Array.from({ length: 128 }, () => declare(16 * 1024 ** 2, 'a line\n')));
    const refused = await ingest.post('', 'x');
    expect([refused.status, await refused.json()]).toMatchObject([
      429,
      { code: 'too-many-requests', reason: 'requests-of-key' },
    ]);
    expect((await postOwnRecord()).status).toBe(201);
    held[0]?.destroy();
    await expect.poll(async () => (await ingest.post('', 'x')).status).toBe(201);
  });
});

describe('a body that is refused', () => {
  it('leaves the connection to the next request, although not all of it was read', async () => {
    const socket = connect(Number(new URL(ingest.running.url).port), '127.0.0.1');
    sockets.push(socket);
    const request = (type: string, body: Buffer): Buffer =>
      Buffer.concat([
        Buffer.from(
          `POST ${recordsPath} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nAuthorization: Bearer ${ingest.ingestKey}\r\nContent-Length: ${body.length}\r\n\r\n`,
        ),
        body,
      ]);
    socket.write(request('application/x-ndjson', Buffer.from(`nonsense\n${'x'.repeat(4 * 1024 ** 2)}`)));
    socket.end(request('text/plain', Buffer.from('a line')));
    let answers = '';
    for await (const chunk of socket) answers += String(chunk);
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400', 'HTTP/1.1 201']);
  });

  it('costs its sender what it was', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(80 * 1024 ** 2, 'x')));
    const gzip = { 'content-encoding': 'gzip' };
    expect((await ingest.post('', bomb, gzip)).status).toBe(413);
    expect((await ingest.post('', bomb, gzip)).status).toBe(413);
    const third = await ingest.post('', 'x');
    expect([third.status, await third.json()]).toMatchObject([429, { reason: 'bytesPerSecond' }]);
  });
});
