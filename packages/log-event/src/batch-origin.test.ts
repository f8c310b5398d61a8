import { describe, expect, it } from 'vitest';
import { decodeBatchOrigin, encodeBatchOrigin, BatchOriginError, type BatchOrigin } from './batch-origin.ts';

const origin: BatchOrigin = {
  batchId: '0199',
  logGroup: '決済',
  logStream: null,
  source: { id: 's1', kind: 'syslog-tls', address: '192.0.2.9' },
};

describe('batch origin', () => {
  it('has one encoding, whatever order its keys were set in', () => {
    const full: BatchOrigin = {
      encoding: 'utf-8',
      file: '/a',
      ...origin,
      format: 'json',
      timeZone: 'Asia/Tokyo',
      datetimeFormat: '%s',
    };
    expect(encodeBatchOrigin(full).toString('utf8')).toBe(
      '{"batchId":"0199","logGroup":"決済","logStream":null,"source":{"id":"s1","kind":"syslog-tls","address":"192.0.2.9"},' +
        '"timeZone":"Asia/Tokyo","datetimeFormat":"%s","file":"/a","format":"json","encoding":"utf-8"}',
    );
    expect(decodeBatchOrigin(encodeBatchOrigin(full))).toEqual(full);
    expect(decodeBatchOrigin(encodeBatchOrigin(origin))).toEqual(origin);
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"source":{}}',
    '{"batchId":"b","logGroup":"g","logStream":1,"source":{"id":"s","kind":"http","address":"a"}}',
    '\xff',
  ])('does not read %s', (text) => {
    expect(() => decodeBatchOrigin(Buffer.from(text, 'latin1'))).toThrow(BatchOriginError);
  });
});
