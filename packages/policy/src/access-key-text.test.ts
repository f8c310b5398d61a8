import fc from 'fast-check';
import { expect, it } from 'vitest';
import { accessKeyBytes, formatAccessKey, readAccessKeyKind } from './access-key-text.ts';

const random = fc.uint8Array({ minLength: accessKeyBytes, maxLength: accessKeyBytes, max: 247 });

it('is recognised with its kind, and no longer when one character is another', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ingest' as const, 'api' as const, 'system' as const),
      random,
      fc.nat(),
      (kind, bytes, at) => {
        const secret = formatAccessKey(kind, bytes);
        expect(secret).toMatch(new RegExp(`^akashi_${kind}_[0-9A-Za-z]{38}$`));
        expect(readAccessKeyKind(secret)).toBe(kind);
        const place = at % secret.length;
        const other = secret.charAt(place) === 'x' ? 'y' : 'x';
        expect(readAccessKeyKind(secret.slice(0, place) + other + secret.slice(place + 1))).toBeUndefined();
      },
    ),
  );
});

it('takes no bytes that make characters unequally likely', () => {
  expect(() => formatAccessKey('api', new Uint8Array(accessKeyBytes).fill(255))).toThrow(RangeError);
  expect(() => formatAccessKey('api', new Uint8Array(3))).toThrow(RangeError);
});
