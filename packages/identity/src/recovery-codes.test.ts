import { expect, it } from 'vitest';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';

it('are ten, all different, in groups that nobody misreads', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
});

it('are known again as people type them, for their own person only', () => {
  const hash = hashRecoveryCode('a', 'abcd-efgh-jkmn-pqrs');
  expect(hashRecoveryCode('a', ' ABCD EFGH jkmnpqrs ')).toEqual(hash);
  expect(hashRecoveryCode('a', 'ａｂｃｄ-efgh-jkmn-pqrs')).toEqual(hash);
  expect(hashRecoveryCode('b', 'abcd-efgh-jkmn-pqrs')).not.toEqual(hash);
});
