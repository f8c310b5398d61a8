import { describe, expect, it } from 'vitest';
import type { StoredDocument } from '@akashi/search';
import { compareIndex, documentsOfBulk } from './compare-index.ts';

const lines = [
  '{"create":{"_id":"4-0"}}',
  '{"@timestamp":1,"record":"a","masked":[{"rule":"pan","start":0,"length":16}],"labels":{"b":"2","a":"1"}}',
  '{"create":{"_id":"4-1"}}',
  '{"@timestamp":2,"record":"b"}',
  '',
].join('\n');

const sealed = documentsOfBulk([Buffer.from(lines)]);

function stored(): StoredDocument[] {
  return [
    {
      id: '4-0',
      document: {
        labels: { a: '1', b: '2' },
        masked: [{ length: 16, rule: 'pan', start: 0 }],
        record: 'a',
        '@timestamp': 1,
      },
    },
    { id: '4-1', document: { '@timestamp': 2, record: 'b' } },
  ];
}

describe('compareIndex', () => {
  it('finds nothing when only the order of keys differs', () => {
    expect(compareIndex(sealed, stored())).toEqual([]);
  });

  it('names the event and the fields of an altered document, and no value', () => {
    const [first, second] = stored();
    const altered = { id: '4-1', document: { ...second?.document, record: 'secret', extra: 1 } };
    expect(compareIndex(sealed, [first as StoredDocument, altered])).toEqual([
      {
        code: 'index-document-altered',
        where: 'event 4-1 extra, record',
        block: 4,
        leaf: 1,
        fields: ['extra', 'record'],
      },
    ]);
  });

  it('names missing, added and doubled documents', () => {
    const [first] = stored();
    const added = { id: '4-9', document: {} };
    expect(compareIndex(sealed, [first as StoredDocument, first as StoredDocument, added])).toEqual([
      { code: 'index-document-doubled', where: 'event 4-0', block: 4, leaf: 0 },
      { code: 'index-document-added', where: 'event 4-9', block: 4, leaf: 9 },
      { code: 'index-document-missing', where: 'event 4-1', block: 4, leaf: 1 },
    ]);
  });

  it('names a document whose id is no place in the log by that id', () => {
    expect(compareIndex(sealed, [...stored(), { id: 'planted', document: {} }])).toEqual([
      { code: 'index-document-added', where: 'event planted' },
    ]);
  });

  it('takes a refused document as plain text, but not with another record', () => {
    const [first] = stored();
    const plain = { id: '4-1', document: { record: 'b', 'parse.reason': 'index-refused' } };
    expect(compareIndex(sealed, [first as StoredDocument, plain])).toEqual([]);
    const forged = { id: '4-1', document: { record: 'c', 'parse.reason': 'index-refused' } };
    expect(compareIndex(sealed, [first as StoredDocument, forged])).toEqual([
      { code: 'index-document-altered', where: 'event 4-1 record', block: 4, leaf: 1, fields: ['record'] },
    ]);
  });
});
