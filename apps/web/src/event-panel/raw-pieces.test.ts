import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawPieces } from './raw-pieces.ts';

describe('rawPieces', () => {
  it('marks what was masked, by byte offsets, and shows control characters', () => {
    expect(rawPieces('失敗 498000******3456\tend', [{ rule: 'pan', start: 7, length: 16 }])).toEqual([
      { kind: 'text', text: '失敗 ' },
      { kind: 'masked', text: '498000******3456', rule: 'pan' },
      { kind: 'control', text: '\t', shown: '␉' },
      { kind: 'text', text: 'end' },
    ]);
    expect(rawPieces('a\u202eb', [])[1]).toEqual({ kind: 'control', text: '\u202e', shown: '\\u202e' });
  });

  it('never changes the record', () => {
    const note = fc.record({ rule: fc.constant('pan'), start: fc.nat(60), length: fc.nat(20) });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(note, { maxLength: 4 }), (record, notes) => {
        expect(
          rawPieces(record, notes)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(record);
      }),
    );
  });
});
