import { eventIdOf } from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import type { StoredDocument } from '@akashi/search';
import { compareIndex, documentsOfBulk } from './compare-index.ts';

const lines = [
  '{"create":{"_id":"T.S.0"}}',
  '{"@timestamp":1,"record":"a","masked":[{"rule":"pan","start":0,"length":16}],"labels":{"b":"2","a":"1"}}',
  '{"create":{"_id":"T.S.1"}}',
  '{"@timestamp":2,"record":"b"}',
  '',
].join('\n');

const segmentId = '0199ddc0-0000-7000-8000-000000000001';
const idOf = (position: number): string => eventIdOf({ segmentId, position });
const sealed = documentsOfBulk([Buffer.from(lines)], { segmentId, documentIdPrefix: 'T.S.' });
const place = { segmentId, block: 4, firstLeaf: 20 };
const compare = (stored: readonly StoredDocument[]): ReturnType<typeof compareIndex> =>
  compareIndex(sealed, stored, place);

function stored(): StoredDocument[] {
  return [
    {
      id: idOf(0),
      document: {
        labels: { a: '1', b: '2' },
        masked: [{ length: 16, rule: 'pan', start: 0 }],
        record: 'a',
        '@timestamp': 1,
      },
    },
    { id: idOf(1), document: { '@timestamp': 2, record: 'b' } },
  ];
}

describe('compareIndex', () => {
  it('finds nothing when only the order of keys differs', () => {
    expect(compare(stored())).toEqual([]);
  });

  it('names the event and the fields of an altered document, and no value', () => {
    const [first, second] = stored();
    const altered = { id: idOf(1), document: { ...second?.document, record: 'secret', extra: 1 } };
    expect(compare([first as StoredDocument, altered])).toEqual([
      {
        code: 'index-document-altered',
        where: `event ${idOf(1)} extra, record`,
        event: idOf(1),
        block: 4,
        leaf: 21,
        fields: ['extra', 'record'],
      },
    ]);
  });

  it('names missing, added and doubled documents', () => {
    const [first] = stored();
    const added = { id: idOf(9), document: {} };
    expect(compare([first as StoredDocument, first as StoredDocument, added])).toEqual([
      { code: 'index-document-doubled', where: `event ${idOf(0)}`, event: idOf(0), block: 4, leaf: 20 },
      { code: 'index-document-added', where: `event ${idOf(9)}`, event: idOf(9), block: 4, leaf: 29 },
      { code: 'index-document-missing', where: `event ${idOf(1)}`, event: idOf(1), block: 4, leaf: 21 },
    ]);
  });

  it('names a document whose id is no place in the log by that id', () => {
    expect(compare([...stored(), { id: 'planted', document: {} }])).toEqual([
      { code: 'index-document-added', where: 'event planted', block: 4 },
    ]);
  });

  it('takes a refused document as plain text, but not with another record', () => {
    const [first] = stored();
    const plain = { id: idOf(1), document: { record: 'b', 'parse.reason': 'index-refused' } };
    expect(compare([first as StoredDocument, plain])).toEqual([]);
    const forged = { id: idOf(1), document: { record: 'c', 'parse.reason': 'index-refused' } };
    expect(compare([first as StoredDocument, forged])).toEqual([
      {
        code: 'index-document-altered',
        where: `event ${idOf(1)} record`,
        event: idOf(1),
        block: 4,
        leaf: 21,
        fields: ['record'],
      },
    ]);
  });
});
