import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeHeartbeat } from './encode-block.ts';
import { decodeLogEntry, encodeStatement } from './log-entry.ts';
import { maxStatementBytes, type LogStatement, type StatementValue } from './log-statement.ts';

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,30}$/);
const { value } = fc.letrec<{ value: StatementValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4 }),
  ),
}));
const statements: fc.Arbitrary<LogStatement> = fc.record({
  tenantId: name,
  entry: fc.maxSafeNat(),
  kind: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/),
  createdUs: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
  content: fc.dictionary(fc.string({ unit: 'grapheme' }), value, { maxKeys: 6 }),
});

const sample: LogStatement = {
  tenantId: 'tenant-a',
  entry: 17,
  kind: 'disposal',
  createdUs: 1_763_536_000_000_003,
  content: { blocks: '3-9', count: 7, rule: { id: 'kept-days' } },
};
const sampleText = encodeStatement(sample).toString('utf8');

function statementOf(bytes: Uint8Array): LogStatement | null {
  const decoded = decodeLogEntry(bytes);
  return decoded.ok && decoded.kind === 'statement' ? decoded.statement : null;
}

describe('statement', () => {
  test('has the text that the format describes', () => {
    expect(sampleText).toBe(
      [
        'akashi statement v1',
        'tenant: tenant-a',
        'entry: 17',
        'kind: disposal',
        'created: 2025-11-19T07:06:40.000003Z',
        'content: {"blocks":"3-9","count":7,"rule":{"id":"kept-days"}}',
        '',
      ].join('\n'),
    );
  });

  test('decoding gives back the statement, and encoding that the same bytes', () => {
    fc.assert(
      fc.property(statements, (statement) => {
        const bytes = encodeStatement(statement);
        const decoded = decodeLogEntry(bytes);
        const { tenantId, entry: number, createdUs } = statement;
        expect(decoded).toMatchObject({ ok: true, kind: 'statement', tenantId, number, createdUs, objectKey: null });
        expect(encodeStatement(statementOf(bytes) ?? sample)).toEqual(bytes);
      }),
    );
  });

  test('a changed byte gives another statement or none, and never a second spelling', () => {
    fc.assert(
      fc.property(statements, fc.nat(), fc.integer({ min: 0, max: 255 }), (statement, at, byte) => {
        const bytes = encodeStatement(statement);
        const edited = Buffer.from(bytes);
        edited[at % edited.length] = byte;
        const found = statementOf(edited);
        if (found !== null) expect(encodeStatement(found)).toEqual(edited);
      }),
    );
  });

  test.each([
    ['another version', 'statement v1', 'statement v2', 1],
    ['a name with a space', 'tenant-a', 'tenant a', 2],
    ['a number with a leading zero', 'entry: 17', 'entry: 017', 3],
    ['a kind in capitals', 'disposal', 'Disposal', 4],
    ['a time without microseconds', '.000003Z', '.000Z', 5],
    ['content that is no object', '{"blocks":"3-9","count":7,"rule":{"id":"kept-days"}}', '[]', 6],
    ['members out of order', '{"blocks":"3-9","count":7,', '{"count":7,"blocks":"3-9",', 6],
    ['white space', '"count":7', '"count": 7', 6],
    ['a fraction', '"count":7', '"count":7.5', 6],
    ['a number past 2^53 - 1', '"count":7', '"count":9007199254740992', 6],
    ['a member named twice', '"count":7', '"blocks":"1","count":7', 6],
    ['a lone surrogate', '3-9', '\\ud800', 6],
    ['nesting without end', '"count":7', `"count":${'['.repeat(9)}${']'.repeat(9)}`, 6],
    ['a text that never ends', '"kept-days"', `"${'\\"'.repeat(30_000)}`, 6],
  ])('with %s is refused', (...[, from, to, line]) => {
    const edited = Buffer.from(sampleText.replace(from, to));
    expect(decodeLogEntry(edited)).toEqual({ ok: false, code: 'malformed', line });
  });

  test('lines more or fewer are refused, and what is longer than an entry can be', () => {
    for (const edited of [`${sampleText}extra: 1\n`, sampleText.slice(0, -1), sampleText.replace('\n', '\r\n')])
      expect(decodeLogEntry(Buffer.from(edited)).ok).toBe(false);
    const filled = (length: number): LogStatement => ({ ...sample, content: { text: 'x'.repeat(length) } });
    const spare = maxStatementBytes - encodeStatement(filled(0)).length;
    expect(statementOf(encodeStatement(filled(spare)))).toEqual(filled(spare));
    expect(() => encodeStatement(filled(spare + 1))).toThrow(RangeError);
  });

  test('values that no statement can carry are refused when writing', () => {
    const bad = [{ tenantId: 'a b' }, { entry: -1 }, { kind: 'Two words' }, { createdUs: 0.5 }];
    for (const each of bad) expect(() => encodeStatement({ ...sample, ...each })).toThrow(RangeError);
    for (const count of [0.5, Number.NaN, 2 ** 53])
      expect(() => encodeStatement({ ...sample, content: { count } })).toThrow(RangeError);
    expect(() => encodeStatement({ ...sample, content: { text: '\ud800' } })).toThrow(RangeError);
  });
});

test('a block header is the other kind of entry, and nothing else is one', () => {
  const beat = encodeHeartbeat({ tenantId: 't', block: 3, createdUs: 5, maskingVersion: 'v1' });
  expect(decodeLogEntry(beat)).toMatchObject({ ok: true, kind: 'block', number: 3, createdUs: 5, objectKey: null });
  fc.assert(fc.property(fc.uint8Array(), (bytes) => !decodeLogEntry(bytes).ok));
});
