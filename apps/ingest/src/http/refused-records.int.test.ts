import { gzipSync } from 'node:zlib';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';

let ingest: TestIngest;
beforeEach(async () => {
  ingest = await openTestIngest();
});
afterEach(() => ingest.remove());

async function problem(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return { status: response.status, ...((await response.json()) as object) };
}

const json = { 'content-type': 'application/json' };
const ndjson = { 'content-type': 'application/x-ndjson' };

describe('refusals', () => {
  it('are problems with a code, and nothing of the batch is kept', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    const gzip = { 'content-encoding': 'gzip' };
    const cases: [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, Record<string, unknown>][] = [
      ['', 'x', { authorization: 'Bearer wrong' }, { status: 401, code: 'unauthenticated', reason: 'unknown-key' }],
      ['', 'x', { authorization: 'Basic eDp5' }, { status: 401, code: 'unauthenticated', reason: 'no-bearer-key' }],
      [
        '',
        'x',
        { authorization: `Bearer ${ingest.limitedKey}` },
        { status: 403, code: 'forbidden', reason: 'log-group-not-allowed' },
      ],
      [
        '',
        'x',
        { 'content-type': 'text/csv' },
        { status: 415, code: 'media-type-unsupported', reason: 'content-type' },
      ],
      [
        '',
        'x',
        { 'content-type': 'text/plain; charset=klingon' },
        { status: 415, code: 'media-type-unsupported', reason: 'charset' },
      ],
      [
        '',
        'x',
        { 'content-encoding': 'br' },
        { status: 415, code: 'media-type-unsupported', reason: 'content-encoding' },
      ],
      [
        '',
        new Uint8Array(gzipSync(gzipSync('x'))),
        { 'content-encoding': 'gzip, gzip' },
        { status: 415, code: 'media-type-unsupported', reason: 'content-encoding' },
      ],
      ['', 'x', { 'content-encoding': 'constructor' }, { status: 415, code: 'media-type-unsupported' }],
      ['', 'not gzip', gzip, { status: 400, code: 'body-invalid', reason: 'content-encoding' }],
      ['', '\n\r\n', {}, { status: 400, code: 'body-invalid', reason: 'no-records' }],
      ['', 'x', { 'idempotency-key': 'a b' }, { status: 400, code: 'request-invalid', reason: 'idempotency-key' }],
      ['', 'x', { 'akashi-time-zone': 'Mars/Base' }, { status: 400, code: 'request-invalid' }],
      ['', 'x', { 'akashi-encoding': '4111111111111111' }, { status: 400, code: 'request-invalid', reason: 'header' }],
      [
        '',
        'x',
        { 'akashi-line-parts': '4111111111111111' },
        { status: 400, code: 'request-invalid', reason: 'header' },
      ],
      ['', 'x', { 'akashi-encoding': 'klingon' }, { status: 400, code: 'request-invalid', reason: 'header' }],
      [
        '',
        '{"a":1}\n{"b":}\n',
        ndjson,
        { status: 400, code: 'body-invalid', reason: 'not-json', position: 8, params: { line: 2, offset: 8 } },
      ],
      ['', '{"a":1}\n17\n', ndjson, { status: 400, reason: 'not-an-object-or-string', params: { line: 2, offset: 8 } }],
      ['', '{"a":1\n"b":2}\n', ndjson, { status: 400, reason: 'not-json', params: { line: 1, offset: 0 } }],
      [
        '',
        '["a", {"b":tru}]',
        json,
        { status: 400, reason: 'not-json', position: 6, params: { record: 1, offset: 6 } },
      ],
      ['', '["a", ]', json, { status: 400, reason: 'not-json', params: { record: 1, offset: 6 } }],
      ['', '{"a":1}', json, { status: 400, reason: 'not-a-json-array', position: 0 }],
      ['', '["a"', json, { status: 400, reason: 'not-a-json-array', position: 4 }],
      ['', '["a"] x', json, { status: 400, reason: 'not-a-json-array' }],
      ['', '[]', json, { status: 400, reason: 'no-records' }],
      [
        '',
        new Uint8Array(bomb),
        gzip,
        { status: 413, code: 'too-large', reason: 'decoded-bytes', params: { limit: 67_108_864 } },
      ],
      [
        '',
        'x'.repeat(17 * 1024 * 1024),
        {},
        { status: 413, code: 'too-large', reason: 'body-bytes', params: { limit: 16_777_216 } },
      ],
      [
        '',
        'x\n'.repeat(200_001),
        {},
        { status: 413, code: 'too-large', reason: 'records', params: { limit: 200_000 } },
      ],
      ['/v1/log-groups/a b/log-streams/s/records', 'x', {}, { status: 400, code: 'name-invalid' }],
      [`/v1/log-groups/${'g'.repeat(513)}/log-streams/s/records`, 'x', {}, { status: 400, code: 'name-invalid' }],
      [
        '/v1/log-groups/card-4111111111111111/log-streams/s/records',
        'x',
        {},
        { status: 400, code: 'name-invalid', reason: 'name-looks-like-card-number' },
      ],
      ['/v1/log-groups/app/records', 'x', {}, { status: 404, code: 'not-found' }],
    ];
    for (const [path, body, headers, expected] of cases) {
      const answer = await problem(await ingest.post(path, body, headers));
      expect(answer, JSON.stringify(expected)).toMatchObject(expected);
    }
    expect(await ingest.metric('akashi_refused_batches_total')).toBe(cases.length);
    expect(await ingest.stopAndRead()).toEqual([]);
  });

  it('come before the body is read when the key is unknown', async () => {
    const port = Number(new URL(ingest.running.url).port);
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /v1/log-groups/a/log-streams/b/records HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n');
    socket.write('Authorization: Bearer none\r\nContent-Length: 1000000\r\n\r\n');
    const [answer] = await new Promise<Buffer[]>((resolve) => {
      socket.once('data', (data) => resolve([data]));
    });
    expect(answer?.toString()).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });

  it('say when to come back when the inbox is full, and end when there is room', async () => {
    await ingest.restart({ AKASHI_INBOX_MAX_MIB: '2' });
    const line = 'y'.repeat(100_000);
    let refused: Response | undefined;
    for (let n = 0; n < 30 && refused === undefined; n += 1) {
      const response = await ingest.post('', line);
      if (response.status !== 201) refused = response;
    }
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(refused === undefined ? {} : await problem(refused)).toMatchObject({ status: 429, code: 'backlog-full' });
    await ingest.restart({ AKASHI_DISK_RESERVE_MIB: '10000000' });
    const full = await ingest.post('', line);
    expect(full.headers.get('retry-after')).toBe('10');
    expect(await problem(full)).toMatchObject({ status: 503, code: 'disk-full' });
    const ready = await fetch(`${ingest.running.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'not-ready', missing: ['inbox'] }]);
    await ingest.restart();
    expect((await ingest.post('', line)).status).toBe(201);
  });
});
