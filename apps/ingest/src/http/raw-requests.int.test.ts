import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';

let ingest: TestIngest;
beforeEach(async () => {
  ingest = await openTestIngest();
});
afterEach(() => ingest.remove());

const path = '/v1/log-groups/app/log-streams/web-1/records';

/** Writes bytes to a socket of its own, says that nothing more follows, and reads to the end. */
async function sendAndHalfClose(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(ingest.running.url).port), '127.0.0.1');
  socket.end(bytes);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

function rawRequest(target: string, body: string): string {
  const head = [
    `POST ${target} HTTP/1.1`,
    'Host: x',
    'Content-Type: text/plain',
    `Authorization: Bearer ${ingest.ingestKey}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

describe('requests as a program writes them that is no HTTP library', () => {
  it('reads a path with a slash at its end, and a whole URL as proxies send it', async () => {
    expect((await ingest.post(`${path}/`, 'x')).status).toBe(201);
    for (const target of [`http://logs.example.jp:8080${path}`, `HTTPS://[::1]:3002${path}/?q=1`]) {
      expect(await sendAndHalfClose(rawRequest(target, 'x')), target).toMatch(/^HTTP\/1\.1 201 /);
    }
    for (const target of ['http://logs.example.jp', `ftp://logs.example.jp${path}`, `${path}//`]) {
      expect(await sendAndHalfClose(rawRequest(target, 'x')), target).toMatch(/^HTTP\/1\.1 404 /);
    }
    const names = (await ingest.stopAndRead()).map(({ origin }) => [origin.logGroup, origin.logStream]);
    expect(names).toEqual(Array.from({ length: 3 }, () => ['app', 'web-1']));
  });

  it('answers senders that close their side after the request, each request of the connection', async () => {
    const answer = await sendAndHalfClose(rawRequest(path, 'one\ntwo'));
    expect(answer).toMatch(/^HTTP\/1\.1 201 [^]*"records":2/);
    const both = await sendAndHalfClose(rawRequest(path, 'three') + rawRequest(path, 'four'));
    expect(both.match(/HTTP\/1\.1 201 /g)).toHaveLength(2);
    const unfinished = await sendAndHalfClose(rawRequest(path, 'five').slice(0, -1));
    expect(unfinished).toMatch(/^HTTP\/1\.1 400 /);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(['one', 'two', 'three', 'four']);
  });
});
