import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyFingerprint, keysDestroyedContent, readKeysDestroyed, type KeysDestroyed } from './keys-destroyed.ts';
import { formatStatement, parseStatement, type LogStatement } from './log-statement.ts';

const tenantId = '018f3c1e-0000-7000-8000-000000000001';
const statement = (content: LogStatement['content']): LogStatement => ({
  tenantId,
  entry: 7,
  kind: 'keys-destroyed',
  createdUs: 1_790_000_001_000_000,
  content,
});
const destroyed: KeysDestroyed = {
  keys: [
    { id: 'data-0001-00000001', fingerprint: keyFingerprint(Buffer.alloc(32, 1)), blocks: 3, records: 12 },
    { id: 'data-0002-00000002', fingerprint: null, blocks: 1, records: 2 },
    { id: 'inbox-0001-00000003', fingerprint: keyFingerprint(Buffer.alloc(32, 3)), blocks: 0, records: 0 },
  ],
  closedUs: 1_750_000_000_000_000,
  dueUs: 1_789_000_000_000_000,
  rule: { id: 'organisation-closed', requirement: 'pci:4.0.1:3.7.5' },
};

describe('the statement that keys are destroyed', () => {
  it('is read as it was written, and adds up what lies under the keys', () => {
    const content = keysDestroyedContent(destroyed);
    expect(content).toMatchObject({ blocks: 4, records: 14 });
    const parsed = parseStatement(formatStatement(statement(content)));
    const read = parsed.ok ? readKeysDestroyed(parsed.statement) : null;
    expect(read === null ? null : keysDestroyedContent(read)).toEqual(content);
  });

  it('holds as many keys as an organisation has of a key that changed each day of a year', () => {
    const keys = Array.from({ length: 400 }, (_, index) => ({
      id: `data-${String(index + 1).padStart(4, '0')}-01234567`,
      fingerprint: keyFingerprint(Buffer.of(index)),
      blocks: 123_456,
      records: 123_456_789,
    }));
    expect(() => formatStatement(statement(keysDestroyedContent({ ...destroyed, keys })))).not.toThrow();
  });

  const content = keysDestroyedContent(destroyed);
  const [first, ...others] = content['keys'] as readonly Record<string, string | number>[];
  it.each<[string, LogStatement['content']]>([
    ['without keys', { ...content, keys: [], blocks: 0, records: 0 }],
    ['with another sum', { ...content, blocks: 5 }],
    ['with keys in another order', { ...content, keys: [...others, first ?? {}] }],
    ['with a key named twice', { ...content, keys: [first ?? {}, first ?? {}], blocks: 6, records: 24 }],
    ['with a short fingerprint', { ...content, keys: [{ ...first, fingerprint: 'AAAA' }, ...others] }],
    ['with more than it says', { ...content, more: 1 }],
    ['without its time', { ...content, due: 'soon' }],
    ['without its rule', { ...content, rule: { id: 'x' } }],
  ])('%s is none', (_, altered) => {
    expect(readKeysDestroyed(statement(altered))).toBeNull();
    expect(readKeysDestroyed({ ...statement(content), kind: 'disposal' })).toBeNull();
  });

  it('says of a key nothing but whether it is the one', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const fingerprint = keyFingerprint(key);
        expect(fingerprint).toHaveLength(32);
        expect(keyFingerprint(Uint8Array.from(key))).toEqual(fingerprint);
        expect(fingerprint.equals(key)).toBe(false);
      }),
    );
  });
});
