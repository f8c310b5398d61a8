import { expect, it } from 'vitest';
import { recoveryCodesText } from './recovery-codes-text.ts';

it('recovery codes stand on lines of their own below whose they are', () => {
  expect(recoveryCodesText({ heading: 'tanaka@example.jp', codes: ['a-b', 'c-d'] })).toBe(
    'tanaka@example.jp\r\n\r\na-b\r\nc-d\r\n',
  );
});
