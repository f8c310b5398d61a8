import { createDocumentHasher, documentsDigest } from '@akashi/integrity';
import { eventIdOf } from '@akashi/log-event';
import type { StoredBytes } from '@akashi/search';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DocumentsComparison, type ExpectedDocuments } from './compare-documents.ts';

const segmentId = '0199d0c0-0000-7000-8000-00000000000a';
const hasher = createDocumentHasher(Buffer.alloc(32, 1));
const idAt = (position: number): string => eventIdOf({ segmentId, position });

const documentOf = (record: string, user = 'root'): Buffer =>
  Buffer.from(`{"@timestamp":1,"record":${JSON.stringify(record)},"user.name":"${user}"}`);
const stored = (position: number, source: Buffer, id = idAt(position)): StoredBytes => ({
  id,
  segmentId,
  position,
  source,
});

function expectedOf(documents: readonly Buffer[], rest: Partial<ExpectedDocuments> = {}): ExpectedDocuments {
  const body = documents.map((document) => `{}\n${document.toString('utf8')}\n`).join('');
  const noted = documentsDigest(hasher.ofBulk(Buffer.from(body)));
  return { segmentId, block: 4, firstLeaf: 10, records: documents.length, noted, mayBeGone: false, ...rest };
}

function compare(expected: ExpectedDocuments, found: readonly StoredBytes[], records: readonly string[] | null) {
  const sealed = records === null ? null : records.map((record) => Buffer.from(record))[Symbol.iterator]();
  const comparison = new DocumentsComparison(expected, { hasher, records: sealed });
  for (const each of found) comparison.add(each);
  return comparison.finish();
}

describe('the comparison of documents with what was written', () => {
  const record = fc.string({ unit: 'grapheme', maxLength: 60 });

  it('finds nothing in what was written, whatever the records hold', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 20 }), (records) => {
        const documents = records.map((each) => documentOf(each));
        const found = documents.map((source, position) => stored(position, source));
        const compared = compare(expectedOf(documents), found, records);
        expect(compared).toEqual({ findings: [], altered: [], documents: records.length });
        expect(compare(expectedOf(documents), found, null).findings).toEqual([]);
      }),
    );
  });

  it('names the one that was altered, taken away or put there', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), fc.nat(), (records, pick) => {
        const at = pick % records.length;
        const documents = records.map((each) => documentOf(each));
        const found = documents.map((source, position) => stored(position, source));
        const place = { segmentId, position: at, block: 4, leaf: 10 + at, event: idAt(at), where: `event ${idAt(at)}` };
        const altered = found.with(at, stored(at, documentOf(records[at] ?? '', 'nobody')));
        expect(compare(expectedOf(documents), altered, records).findings).toEqual([
          { code: 'index-document-altered', ...place },
        ]);
        const missing = found.toSpliced(at, 1);
        expect(compare(expectedOf(documents), missing, records).findings).toEqual([
          { code: 'index-document-missing', ...place },
        ]);
        const doubled = found.toSpliced(at, 0, stored(at, documentOf('x'), 'another'));
        expect(compare(expectedOf(documents), doubled, records).findings).toEqual([
          { code: 'index-document-added', where: 'event another', segmentId },
        ]);
      }),
    );
  });

  it('holds records against the archive also where the ledger knows no digest, or a forged one', () => {
    const forged = documentOf('nothing happened');
    const found = [stored(0, forged)];
    const fields = ['record'];
    for (const expected of [expectedOf([forged]), expectedOf([forged], { noted: null })]) {
      expect(compare(expected, found, ['sudo rm -rf /']).findings).toMatchObject([
        { code: 'index-document-altered', fields },
      ]);
    }
  });

  it('names the digest when no document stands out', () => {
    const document = documentOf('a');
    const expected = expectedOf([document]);
    const noted = { sha256: Buffer.alloc(32), marks: expected.noted?.marks ?? Buffer.alloc(0) };
    const { findings } = compare({ ...expected, noted }, [stored(0, document)], ['a']);
    expect(findings).toEqual([
      { code: 'index-digest-altered', where: `digest of segment ${segmentId}`, segmentId, block: 4 },
    ]);
  });

  it('misses nothing of a segment whose days online are over, unless a part of it is there', () => {
    const documents = [documentOf('a'), documentOf('b')];
    const expected = expectedOf(documents, { mayBeGone: true });
    expect(compare(expected, [], ['a', 'b']).findings).toEqual([]);
    expect(compare(expected, [stored(0, documents[0] ?? Buffer.alloc(0))], ['a', 'b']).findings).toMatchObject([
      { code: 'index-document-missing', position: 1 },
    ]);
  });
});
