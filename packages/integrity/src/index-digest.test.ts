import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDocumentHasher, documentMarkBytes, documentsDigest } from './index.ts';

const key = Buffer.alloc(32, 7);
const keyed = (document: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([key, Buffer.alloc(32)]))
    .update(document)
    .digest();

it('hashes every document of a bulk body as it stands there, under the key', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 }).map((value) => JSON.stringify({ record: value }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 40 }), (documents) => {
      const body = documents.map((document, at) => `{"create":{"_id":"0-${at}"}}\n${document}\n`).join('');
      const expected = Buffer.concat(documents.map((document) => keyed(Buffer.from(document))));
      expect(createDocumentHasher(key).ofBulk(Buffer.from(body)).equals(expected)).toBe(true);
    }),
  );
});

it('grows with the number and the length of documents', () => {
  const long = JSON.stringify({ record: 'x'.repeat(300_000) });
  const lines = [...Array.from({ length: 5_000 }, (_, at) => `{"n":${at}}`), long, '{}'];
  const hashes = createDocumentHasher(key).ofBulk(Buffer.from(lines.map((line) => `{}\n${line}\n`).join('')));
  expect(hashes.length).toBe(lines.length * 32);
  expect(hashes.subarray(5_000 * 32, 5_001 * 32)).toEqual(keyed(Buffer.from(long)));
  expect(hashes.subarray(-32)).toEqual(keyed(Buffer.from('{}')));
});

it('commits to all of them, and marks each', () => {
  const hashes = createDocumentHasher(key).ofBulk(Buffer.from('{}\n{"a":1}\n{}\n{"a":2}\n'));
  const { sha256, marks } = documentsDigest(hashes);
  expect(sha256).toEqual(createHash('sha256').update(hashes).digest());
  expect(marks).toEqual(
    Buffer.concat([hashes.subarray(0, documentMarkBytes), hashes.subarray(32, 32 + documentMarkBytes)]),
  );
  expect(documentsDigest(Buffer.alloc(0)).marks).toHaveLength(0);
});

it('is another under another key', () => {
  const other = createDocumentHasher(Buffer.alloc(32, 8));
  const body = Buffer.from('{}\n{"a":1}\n');
  expect(other.ofBulk(body)).not.toEqual(createDocumentHasher(key).ofBulk(body));
});
