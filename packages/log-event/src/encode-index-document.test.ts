import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { BatchOrigin } from './batch-origin.ts';
import { createNormalizer } from './create-normalizer.ts';
import { decodeIndexDocument } from './decode-index-document.ts';
import { encodeBulkLines } from './encode-bulk-lines.ts';
import { encodeIndexDocument } from './encode-index-document.ts';
import type { IndexableRecord } from './index-document.ts';
import { formatMicros } from './index-time.ts';

const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'web/"quoted"',
  logStream: null,
  source: { id: 'source-1', kind: 'agent', address: '192.0.2.9' },
  file: '/var/log/x.log',
};
const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const segment = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  segmentId: '0199ddc0-0000-7000-8000-000000000001',
  documentIdPrefix: 'T.S.',
};
const receivedAtUs = Date.parse('2026-11-22T12:00:00Z') * 1000 + 7;

function sealed(text: string, leaf: number, notes = ''): IndexableRecord {
  return {
    leaf,
    originIndex: 0,
    flags: 0,
    receivedAtUs,
    sequence: leaf,
    notes: Buffer.from(notes),
    record: Buffer.from(text),
  };
}

function bulk(records: IndexableRecord[], chunkBytes?: number): Buffer[] {
  return [
    ...encodeBulkLines({
      ...segment,
      origins: [origin],
      records,
      normalizer,
      ...(chunkBytes === undefined ? {} : { chunkBytes }),
    }),
  ];
}

describe('encodeBulkLines', () => {
  it('writes an action and a document per record, in order', () => {
    const lines = Buffer.concat(bulk([sealed('one', 0), sealed('二つ目', 1)]))
      .toString('utf8')
      .split('\n');
    expect(lines.length).toBe(5);
    expect(lines[0]).toBe('{"create":{"_id":"T.S.0"}}');
    expect(lines[2]).toBe('{"create":{"_id":"T.S.1"}}');
    expect(JSON.parse(lines[3] ?? '')).toEqual({
      '@timestamp': '2026-11-22T12:00:00.000007Z',
      received_at: '2026-11-22T12:00:00.000007Z',
      'log.group': 'web/"quoted"',
      'log.stream': '192.0.2.9',
      'akashi.tenant': segment.tenantId,
      'akashi.segment': segment.segmentId,
      'akashi.position': 1,
      'akashi.source': 'source-1',
      'akashi.transport': 'agent',
      'akashi.address': '192.0.2.9',
      record: '二つ目',
      'parse.format': 'text',
      'parse.status': 'unparsed',
      'parse.reason': 'no-format',
      'log.file.path': '/var/log/x.log',
    });
  });

  it('gives the same bytes whatever the size of the chunks, and whole documents in each', () => {
    const records = Array.from({ length: 300 }, (_, i) => sealed(`記録 ${i} ${'x'.repeat((i * 37) % 900)}`, i));
    const whole = Buffer.concat(bulk(records));
    for (const size of [1, 700, 5_000, 100_000]) {
      const chunks = bulk(records, size);
      expect(Buffer.concat(chunks).equals(whole)).toBe(true);
      for (const chunk of chunks) {
        expect(chunk.at(-1)).toBe(10);
        expect(chunk.toString('utf8').startsWith('{"create"')).toBe(true);
        expect(chunk.byteOffset).toBe(0);
      }
    }
  });

  it('takes a record larger than a chunk', () => {
    const chunks = bulk([sealed('a', 0), sealed('語'.repeat(300_000), 1), sealed('b', 2)], 1_000);
    expect(chunks.map((chunk) => chunk.toString('utf8').split('\n').length)).toContain(3);
    expect(Buffer.concat(chunks).toString('utf8').split('\n').length).toBe(7);
  });

  it('tells of every event in order', () => {
    const seen: string[] = [];
    const records = [sealed('<13>Nov 22 10:00:00 h1 a: x', 0), sealed('y', 1)];
    for (const chunk of encodeBulkLines({
      ...segment,
      origins: [origin],
      records,
      normalizer,
      onEvent: (event, record) => seen.push(`${record.leaf} ${event.logStream} ${event.parse.format}`),
    })) {
      expect(chunk.length).toBeGreaterThan(0);
    }
    expect(seen).toEqual(['0 h1 syslog-rfc3164', '1 192.0.2.9 text']);
  });

  it('gives the same bytes in memory that was used before', () => {
    const records = Array.from({ length: 40 }, (_, leaf) => sealed(`行 ${leaf} ${'x'.repeat(leaf * 9)}`, leaf));
    const memory = Buffer.alloc(6_000, 1);
    const input = { ...segment, origins: [origin], normalizer, chunkBytes: 5_000 };
    const chunks = [...encodeBulkLines({ ...input, records, memory })];
    expect(chunks[0]?.buffer).toBe(memory.buffer);
    expect(Buffer.concat(chunks).equals(Buffer.concat(bulk(records, 5_000)))).toBe(true);
    const [small] = encodeBulkLines({ ...input, records: records.slice(0, 1), memory });
    expect(small?.buffer).toBe(memory.buffer);
  });

  it('writes wide, escaped and broken records as encodeIndexDocument does', () => {
    const texts = [
      '操作 "取消"\\\n\u0001\u007f\u2028',
      '{"名前":"\\u7530\\n","a":"é"}',
      'é',
      '\ufffd語',
      'plain',
      '"',
      '\ufeff語',
    ];
    const records = texts.map((text, leaf) => sealed(text, leaf));
    records.push({ ...sealed('', texts.length), record: Buffer.from([0xe8, 0xaa, 0x9e, 0xff, 0x22, 0xc3]) });
    for (const chunkBytes of [1, 2_000, 1_000_000]) {
      const lines = Buffer.concat(bulk(records, chunkBytes)).toString('utf8').split('\n');
      records.forEach(({ record, leaf, notes }, n) => {
        const event = normalizer.normalize({ record, origin, receivedAtUs, flags: 0 });
        const place = {
          ...segment,
          position: leaf,
          record: Buffer.from(record).toString('utf8'),
          origin,
          receivedAtUs,
          notes,
        };
        expect(lines[n * 2 + 1]).toBe(encodeIndexDocument(event, place));
      });
    }
  });

  it('refuses a record whose origin its block does not hold', () => {
    expect(() => bulk([{ ...sealed('x', 0), originIndex: 3 }])).toThrow(RangeError);
  });
});

describe('decodeIndexDocument', () => {
  it('gives the event of the API, fields flat and nested', () => {
    const notes = '[{"rule":"pan","start":3,"length":16}]';
    const line = 'Nov 22 10:00:00 web01 sshd[9]: Accepted password for tanaka from 192.0.2.4 port 50022 ssh2';
    const [chunk] = bulk([sealed(line, 204, notes)]);
    const document = JSON.parse((chunk ?? Buffer.alloc(0)).toString('utf8').split('\n')[1] ?? '') as Record<
      string,
      unknown
    >;
    expect(document['masked_rules']).toEqual(['pan']);
    expect(document['message']).toBeUndefined();
    const event = decodeIndexDocument(document, 'S.204');
    expect(event).toMatchObject({
      id: 'S.204',
      '@timestamp': '2026-11-22T01:00:00.000Z',
      receivedAt: '2026-11-22T12:00:00.000007Z',
      originalTime: 'Nov 22 10:00:00',
      logGroup: 'web/"quoted"',
      logStream: 'web01',
      source: { id: 'source-1', kind: 'agent', address: '192.0.2.9', ip: '192.0.2.4', port: 50022 },
      message: 'Accepted password for tanaka from 192.0.2.4 port 50022 ssh2',
      record: line,
      masked: [{ rule: 'pan', start: 3, length: 16 }],
      parse: { format: 'sshd', status: 'parsed' },
      user: { name: 'tanaka' },
      event: { action: 'ssh_login', category: ['authentication'], outcome: 'success' },
    });
    expect(event.fields['source.ip']).toBe('192.0.2.4');
    expect(event.fields['log.group']).toBeUndefined();
  });

  it('makes do with a document that is no event', () => {
    expect(decodeIndexDocument({}, 'S.1')).toMatchObject({
      id: 'S.1',
      message: '',
      record: '',
      fields: {},
      labels: {},
      masked: [],
    });
  });
});

const fragments = fc.constantFrom(
  '<13>',
  '<34>1 ',
  'Nov 22 10:00:00 ',
  '2026-11-22T10:00:00Z ',
  'host ',
  'sshd[1]: ',
  'sudo: ',
  'ntpd[1]: ',
  '26 Feb 13:49:00 ',
  '0.0.0.0 c615 05 clock_sync',
  '{"a":',
  '"x"}',
  '[',
  ']',
  '"',
  '\\',
  '=',
  ',',
  ' ',
  '\n',
  '-',
  'user=',
  'from 192.0.2.1 port 22 ssh2',
  'Failed password for ',
  '[22/Nov/2026:10:00:00 +0900] "GET / HTTP/1.1" 200 1',
  '[error] ',
  '田中',
  '\u0000',
  '\ud83d\ude00',
  ': ',
  '%ASA-6-1: ',
  'pam_unix(sshd:auth): ',
  'COMMAND=',
  ' ; ',
  'CEF:0|a|b|1|c|d|5|',
  'LEEF:2.0|a|b|1|c|^|',
  'cs1=x y cs1Label=n',
  'rt=Nov 22 2026 10:00:00',
  '|',
  '^',
  '\\=',
);
const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.oneof(fragments, fc.string({ maxLength: 12 })), { maxLength: 14 }).map((parts) => parts.join('')),
  fc.json(),
  fc.object().map((value) => JSON.stringify(value)),
);
const bytes = fc.oneof(
  line.map((text) => Buffer.from(text, 'utf8')),
  fc.uint8Array({ maxLength: 120 }).map((raw) => Buffer.from(raw)),
);
const format = fc.option(
  fc.constantFrom(
    'json',
    'key-value',
    'ntpd',
    'sshd',
    'sudo',
    'su',
    'cron',
    'http-access',
    'apache-error',
    'nginx-error',
    'cef',
    'leef',
    'text',
  ),
  { nil: undefined },
);

describe('any record', () => {
  it('is read, written and given back', () => {
    fc.assert(
      fc.property(bytes, format, fc.integer({ min: 0, max: 3 }), (record, named, flags) => {
        const from = named === undefined ? origin : { ...origin, format: named };
        const input = { record, origin: from, receivedAtUs, flags };
        const event = normalizer.normalize(input);
        const text = record.toString('utf8');
        expect(event.parse.status).not.toBe('quarantined');
        if (event.messageOffset >= 0) {
          expect(text.slice(event.messageOffset, event.messageOffset + event.message.length)).toBe(event.message);
        }
        expect(event.timestampUs).toBeGreaterThanOrEqual(365 * 86_400_000_000);
        expect(Number.isSafeInteger(event.timestampUs)).toBe(true);
        const place = { ...segment, position: 9, record: text, origin: from, receivedAtUs, notes: Buffer.alloc(0) };
        const json = encodeIndexDocument(event, place);
        // An object puts keys that look like integers first, the lists keep the record's order: equal as documents.
        const listed = encodeIndexDocument(normalizer.read(input), place);
        expect(JSON.parse(listed)).toEqual(JSON.parse(json));
        expect(encodeIndexDocument(normalizer.read(input), place)).toBe(listed);
        expect(json).not.toContain('\n');
        const given = decodeIndexDocument(JSON.parse(json) as Record<string, unknown>, 'S.9');
        expect(given.record).toBe(text.toWellFormed());
        expect(given.message).toBe(event.message.toWellFormed());
        expect(given['@timestamp']).toBe(formatMicros(event.timestampUs));
        expect(given.fields).toEqual(wellFormed(event.fields));
        expect(given.labels).toEqual(wellFormed(event.labels));
        expect(given.parse).toEqual(event.parse);
      }),
      { numRuns: 1500, examples: [[Buffer.from('{"0":{"":0},"1":[{}]}'), undefined, 0]] },
    );
  });

  it('is read in time that grows with its length, not with its square', () => {
    for (const part of [
      'a=',
      ', ',
      ' from ',
      '[',
      '\\"',
      '": ',
      'user ',
      ',a',
      '1 ',
      ': [client ',
      "'",
      'x ; ',
      '\t',
      'a\\',
      '|',
    ]) {
      for (const head of [
        '',
        '<13>Nov 22 10:00:00 h sshd[1]: Failed password for ',
        '<34>1 - h sudo - - ',
        '{"a":"',
        '[error] ',
        '26 Feb 13:49:00 ntpd[1]: ',
        'CEF:0|a|b|1|c|d|5|',
        'LEEF:2.0|a|b|1|c|^|',
      ]) {
        const record = Buffer.from(head + part.repeat(Math.floor(200_000 / part.length)));
        const started = performance.now();
        normalizer.normalize({ record, origin, receivedAtUs, flags: 0 });
        expect(performance.now() - started, `${head}${part}`).toBeLessThan(5_000);
      }
    }
  });
});

function wellFormed<T>(values: Record<string, T>): unknown {
  return JSON.parse(JSON.stringify(values), (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed() : value,
  );
}
