import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalBytes, canonicalJson, NotCanonicalError, parseCanonicalJson } from './canonical-json.ts';

const utf8 = new TextEncoder();

describe('canonical JSON (RFC 8785)', () => {
  test('the example of section 3.2.4', () => {
    const value: unknown = JSON.parse(
      String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
        "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
    );
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  test('members stand in the order of UTF-16 code units (section 3.2.3)', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(text) as object).length).toBe(7);
    expect(text).toBe('{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\u{1f600}":0,"\ufb33":0}');
  });

  test('the order of members changes nothing, and what is undefined is left out', () => {
    expect(canonicalJson({ b: 1, a: { d: [], c: undefined } })).toBe('{"a":{"d":[]},"b":1}');
    expect(canonicalJson({ a: { d: [] }, b: 1 })).toBe('{"a":{"d":[]},"b":1}');
  });

  test.each([[Number.NaN], [Infinity], ['\ud800'], [new Date(0)], [1n], [[undefined]], [{ '\udc00': 1 }]])(
    'JSON cannot carry %s',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(NotCanonicalError);
    },
  );

  test.each([
    ['white space', '{"a": 1}'],
    ['another order', '{"b":1,"a":2}'],
    ['a member twice', '{"a":1,"a":2}'],
    ['another number', '{"a":1.0}'],
    ['another escape', '{"a":"\\u0041"}'],
    ['no JSON', '{"a":'],
    ['a lone surrogate', '"\\ud800"'],
    ['a mark in front', '\ufeff{}'],
  ])('reading refuses %s', (_, text) => {
    expect(() => parseCanonicalJson(utf8.encode(text))).toThrow(NotCanonicalError);
  });

  test('reading refuses bytes that are no UTF-8', () => {
    expect(() => parseCanonicalJson(Uint8Array.of(0x22, 0xff, 0x22))).toThrow(NotCanonicalError);
  });

  test('whatever JSON carries comes back, and has one spelling', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 2 }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value).toWellFormed());
        const bytes = canonicalBytes(plain);
        expect(parseCanonicalJson(bytes)).toEqual(plain);
        expect(canonicalBytes(parseCanonicalJson(bytes))).toEqual(bytes);
      }),
    );
  });
});
