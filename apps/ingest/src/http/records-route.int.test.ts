import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
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

describe('taking records', () => {
  it('answers a receipt and keeps every line, bytes unchanged', async () => {
    const lines = Buffer.concat([
      Buffer.from('first\r\n\nsecond 日本語\n'),
      Buffer.from([0x93, 0xfa, 0x96, 0x7b, 0x00, 0xff]),
      Buffer.from('\n  \nlast without end'),
    ]);
    const response = await ingest.post('', lines, { 'akashi-time-zone': 'Asia/Tokyo' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      batchId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      records: 5,
      bytes: 5 + 16 + 6 + 2 + 16,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    });
    const landed = await ingest.stopAndRead();
    expect(landed.map((record) => record.bytes.toString('latin1'))).toEqual([
      'first',
      Buffer.from('second 日本語').toString('latin1'),
      '\x93\xfa\x96\x7b\x00\xff',
      '  ',
      'last without end',
    ]);
    expect(landed[0]?.origin).toMatchObject({
      logGroup: 'app',
      logStream: 'web-1',
      source: { id: 'key-1', kind: 'http', address: '127.0.0.1' },
      timeZone: 'Asia/Tokyo',
    });
  });

  it('takes each content coding', async () => {
    const body = Buffer.from('one\ntwo\n');
    const codings: [string, Buffer][] = [
      ['gzip', gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['deflate', deflateRawSync(body)],
      ['zstd', zstdCompressSync(body)],
      ['identity', body],
      ['gzip, identity', gzipSync(body)],
      [' identity ,, GZIP,', gzipSync(body)],
      ['identity, identity', body],
    ];
    for (const [coding, encoded] of codings) {
      const response = await ingest.post('', new Uint8Array(encoded), { 'content-encoding': coding });
      expect(response.status, coding).toBe(201);
    }
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(codings.flatMap(() => ['one', 'two']));
  });

  it('takes every member and frame of a body that has several', async () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const bodies: [string, Buffer][] = [
      ['gzip', Buffer.concat([gzipSync('g1\n'), gzipSync('g2\n')])],
      ['zstd', Buffer.concat([zstdCompressSync('z1\n'), zstdCompressSync('z2\n')])],
      ['zstd', Buffer.concat([skippable, zstdCompressSync('z3\n'), skippable, zstdCompressSync('z4\n'), skippable])],
    ];
    for (const [coding, encoded] of bodies) {
      const response = await ingest.post('', new Uint8Array(encoded), { 'content-encoding': coding });
      expect(await response.json()).toMatchObject({ records: 2 });
    }
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(['g1', 'g2', 'z1', 'z2', 'z3', 'z4']);
  });

  it('takes nothing of a body that goes on after its end', async () => {
    const more = Buffer.from('more');
    const bodies: [string, Buffer][] = [
      ['gzip', Buffer.concat([gzipSync('x'), more])],
      ['zstd', Buffer.concat([zstdCompressSync('x'), more])],
      ['deflate', Buffer.concat([deflateSync('x'), more])],
      ['deflate', Buffer.concat([deflateSync('x'), deflateSync('y')])],
      ['deflate', Buffer.concat([deflateRawSync('x'), more])],
    ];
    for (const [coding, encoded] of bodies) {
      const response = await ingest.post('', new Uint8Array(encoded), { 'content-encoding': coding });
      expect(await problem(response), coding).toMatchObject({ status: 400, reason: 'content-encoding' });
    }
    const frames = Buffer.concat(Array.from({ length: 3 }, () => zstdCompressSync(Buffer.alloc(30 * 1024 * 1024))));
    const bomb = await ingest.post('', new Uint8Array(frames), { 'content-encoding': 'zstd' });
    expect(await problem(bomb)).toMatchObject({ status: 413, reason: 'decoded-bytes' });
    expect(await ingest.stopAndRead()).toEqual([]);
  });

  it('takes NDJSON and JSON arrays of objects and strings, each record as it was written', async () => {
    const objects = '{"a": 1.10,\t"b":"x\\u0041"}\r\n\n  {"c":{"d":[1,2,"]}"]}}  \n"a \\"quoted\\" line"\n"plain 日本"';
    expect((await ingest.post('', objects, ndjson)).status).toBe(201);
    const array = ' [ {"a": 1.10,\n "b":[{}]} ,"plain, 日本]", "esc\\n\\\\", {"k":"\\\\\\"]"} ] \n';
    expect((await ingest.post('', array, json)).status).toBe(201);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual([
      '{"a": 1.10,\t"b":"x\\u0041"}',
      '{"c":{"d":[1,2,"]}"]}}',
      'a "quoted" line',
      'plain 日本',
      '{"a": 1.10,\n "b":[{}]}',
      'plain, 日本]',
      'esc\n\\',
      '{"k":"\\\\\\"]"}',
    ]);
  });

  it('reads JSON behind a byte order mark, and leaves the mark of a text to its line', async () => {
    expect((await ingest.post('', '\ufeff{"a":1}\n"b"', ndjson)).status).toBe(201);
    expect((await ingest.post('', '\ufeff ["c"]', json)).status).toBe(201);
    expect((await ingest.post('', '\ufeffd\n')).status).toBe(201);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(['{"a":1}', 'b', 'c', '\ufeffd']);
  });

  it('keeps the bytes of a JSON string that is no UTF-8', async () => {
    const body = Buffer.from('["\x93\xfa\\n\x96\x7b"]', 'latin1');
    expect((await ingest.post('', new Uint8Array(body), json)).status).toBe(201);
    const [record] = await ingest.stopAndRead();
    expect(record?.bytes.toString('latin1')).toBe('\x93\xfa\\n\x96\x7b');
  });

  it('turns what says its charset into UTF-8, and keeps and counts what is not in it', async () => {
    const sjis = Buffer.from('\x95\x5c \x93\xfa\x96\x7b\r\nplain\n\xff\x93\xfa\n', 'latin1');
    const bodies: [string, Buffer][] = [
      ['text/plain; charset=Shift_JIS', sjis],
      ['Text/Plain;Charset="EUC-JP"', Buffer.from('\xc6\xfc\xcb\xdc', 'latin1')],
      ['text/plain; format=flowed; charset=iso-2022-jp', Buffer.from('\x1b$BF|K\\\x1b(B', 'latin1')],
      ['text/plain; charset=utf-16', Buffer.from('\ufeff日\n本', 'utf16le')],
      ['text/plain; charset=utf-16', Buffer.from('\ufeff日本', 'utf16le').swap16()],
      ['text/plain; charset=us-ascii', Buffer.from('日本')],
      ['application/json; charset=shift_jis', Buffer.from('["\x95\x5c"]', 'latin1')],
      ['text/plain; charset=cp037', Buffer.from('\xf4\xf5\x15\xf6', 'latin1')],
      ['text/plain', Buffer.from('\ufeffcard 日\r\n', 'utf16le')],
      ['application/json; charset=utf-8', Buffer.from('\ufeff["日"]', 'utf16le').swap16()],
      ['text/plain; charset=utf-16le', Buffer.from([0x41, 0x00, 0x42])],
    ];
    for (const [type, body] of bodies) {
      expect((await ingest.post('', new Uint8Array(body), { 'content-type': type })).status, type).toBe(201);
    }
    expect(await ingest.metric('akashi_undecodable_bytes_total')).toBe(2);
    const landed = await ingest.stopAndRead();
    expect(landed.map(({ bytes, origin }) => [bytes.toString('latin1'), origin.encoding])).toEqual(
      [
        ['表 日本', 'shift_jis'],
        ['plain', 'shift_jis'],
        ['\u{10FEFF}日', 'shift_jis'],
        ['日本', 'euc-jp'],
        ['日本', 'iso-2022-jp'],
        ['日', 'utf-16le'],
        ['本', 'utf-16le'],
        ['日本', 'utf-16be'],
        ['日本', undefined],
        ['表', 'shift_jis'],
        ['45', 'cp037'],
        ['6', 'cp037'],
        ['card 日', 'utf-16le'],
        ['日', 'utf-16be'],
        ['A\u{10FE42}', 'utf-16le'],
      ].map(([text = '', encoding]) => [Buffer.from(text).toString('latin1'), encoding]),
    );
  });

  it('takes text that does not say its charset in the encoding of its key', async () => {
    await ingest.remove();
    ingest = await openTestIngest({ encoding: 'shift_jis' });
    const bodies: [string, Buffer][] = [
      ['text/plain', Buffer.from('\x95\x5c', 'latin1')],
      ['text/plain; charset=utf-8', Buffer.from('表')],
      ['text/plain', Buffer.from('\ufeff表')],
      ['text/plain', Buffer.from('\ufeff表', 'utf16le')],
      ['application/json', Buffer.from('["表"]')],
    ];
    for (const [type, body] of bodies)
      expect((await ingest.post('', new Uint8Array(body), { 'content-type': type })).status).toBe(201);
    expect(
      (await ingest.stopAndRead()).map(({ text, origin }) => [text.replace(/^\ufeff/, ''), origin.encoding]),
    ).toEqual([
      ['表', 'shift_jis'],
      ['表', undefined],
      ['表', undefined],
      ['表', 'utf-16le'],
      ['表', undefined],
    ]);
  });

  it('keeps an over-long line as marked parts', async () => {
    const long = 'x'.repeat(600_000);
    expect(await (await ingest.post('', `a\n${long}\nb`)).json()).toMatchObject({ records: 5, bytes: 600_002 });
    const landed = await ingest.stopAndRead();
    expect(landed.map((record) => record.flags)).toEqual([0, 2, 3, 1, 0]);
    expect(
      landed
        .slice(1, 4)
        .map((record) => record.text)
        .join(''),
    ).toBe(long);
  });

  it('marks records that a sender cut from a line of several batches', async () => {
    await ingest.post('', 'first\ncut', { 'akashi-line-parts': 'more' });
    await ingest.post('', `${'in two parts '.repeat(30_000)}\nlast`, { 'akashi-line-parts': 'Continues, more' });
    await ingest.post('', 'rest', { 'akashi-line-parts': 'continues' });
    expect((await ingest.stopAndRead()).map(({ flags }) => flags)).toEqual([0, 2, 3, 1, 2, 1]);
  });

  it('reads names with slashes, encoded or not', async () => {
    for (const path of [
      'aws%2Fapp/log-streams/a%2Fb%23c',
      'aws/app/log-streams/a/b%23c',
      `${'g'.repeat(512)}/log-streams/s`,
    ]) {
      expect((await ingest.post(`/v1/log-groups/${path}/records`, 'x')).status, path).toBe(201);
    }
    const names = (await ingest.stopAndRead()).map(({ origin }) => [origin.logGroup, origin.logStream]);
    expect(names).toEqual([
      ['aws/app', 'a/b#c'],
      ['aws/app', 'a/b#c'],
      ['g'.repeat(512), 's'],
    ]);
  });

  it('takes what an agent says about its lines', async () => {
    await ingest.post('', 'x', {
      'akashi-agent': 'akashi-agent/0.1.0',
      'akashi-source-file': encodeURIComponent('/var/log/記録/ntpd 4111111111111111.log'),
      'akashi-datetime-format': '%Y-%m-%d %H:%M:%S',
      'akashi-encoding': 'euc-jp',
    });
    const [record] = await ingest.stopAndRead();
    expect(record?.origin).toMatchObject({
      source: { kind: 'agent' },
      datetimeFormat: '%Y-%m-%d %H:%M:%S',
      encoding: 'euc-jp',
      file: expect.stringMatching(/^\/var\/log\/記録\/ntpd [^.]*\.log$/),
    });
    expect(record?.origin.file).not.toContain('4111111111111111');
  });
});

describe('idempotency', () => {
  it('gives the same receipt, also after a restart, and nothing twice', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const first = await (await ingest.post('', 'a\nb', headers)).json();
    expect(
      await (
        await ingest.post('', new Uint8Array(gzipSync('a\nb\n')), { ...headers, 'content-encoding': 'gzip' })
      ).json(),
    ).toEqual(first);
    await ingest.restart();
    const again = await ingest.post('', 'a\nb', headers);
    expect([again.status, await again.json()]).toEqual([201, first]);
    expect(await problem(await ingest.post('', 'other', headers))).toMatchObject({
      status: 409,
      code: 'idempotency-conflict',
    });
    const elsewhere = await ingest.post('/v1/log-groups/app/log-streams/web-2/records', 'other', headers);
    expect(elsewhere.status).toBe(201);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(['a', 'b', 'other']);
  });
});

describe('health', () => {
  it('is ready without a database as long as senders are known', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await fetch(`${ingest.running.url}${path}`)).status, path).toBe(200);
    }
  });
});
