import { expect, it } from 'vitest';
import { newTotpSecret, totpCodeAt, totpEnrolmentUri, totpStepOf } from './one-time-code.ts';

/** RFC 6238 appendix B: the ASCII secret `12345678901234567890`; six digits are the last of its eight. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('gives the code of RFC 6238 at %d s', (seconds, code) => {
  expect(totpCodeAt(secret, seconds * 1000)).toBe(code);
  expect(totpStepOf(secret, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
});

it('takes the step before and after, names which it was, and no other', () => {
  const now = 1_234_567_890_000;
  const step = Math.floor(now / 30_000);
  const answers = [-2, -1, 0, 1, 2].map((delta) => totpStepOf(secret, totpCodeAt(secret, now + delta * 30_000), now));
  expect(answers).toEqual([null, step - 1, step, step + 1, null]);
});

it('takes six digits, with a space or full-width, and nothing else', () => {
  const now = 59_000;
  expect(totpStepOf(secret, '287 082', now)).toBe(1);
  expect(totpStepOf(secret, '２８７０８２', now)).toBe(1);
  for (const code of ['', '28708', '2870820', '-287082e', 'abcdef', '000000']) {
    expect(totpStepOf(secret, code, now)).toBeNull();
  }
});

it('makes secrets of 160 bits and an address that authenticator apps read', () => {
  const made = newTotpSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(made);
  const uri = new URL(totpEnrolmentUri({ secret: made, issuer: 'Akashi: みなと決済', account: 'a@example.jp' }));
  expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp']);
  expect(uri.searchParams.get('secret')).toBe(made);
  expect(uri.searchParams.get('digits')).toBe('6');
});
