import { hash } from '@node-rs/argon2';
import { expect, it } from 'vitest';
import { hashPassword, isPassword, needsRehash } from './password-hash.ts';

it('hashes with argon2id and salt, and knows the password again in every Unicode form', async () => {
  const encoded = await hashPassword('ガラスの林檎 42 ｋｉｒｉｎ');
  expect(encoded).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword(encoded, 'ガラスの林檎 42 kirin')).toBe(true);
  expect(await isPassword(encoded, 'ガラスの林檎 43 kirin')).toBe(false);
  expect(await hashPassword('kirin tobu 42')).not.toBe(await hashPassword('kirin tobu 42'));
});

it('asks for a new hash when the parameters are others', async () => {
  expect(needsRehash(await hashPassword('kirin tobu 42'))).toBe(false);
  expect(needsRehash(await hash('kirin tobu 42', { memoryCost: 8_192, timeCost: 1 }))).toBe(true);
  expect(needsRehash('plain')).toBe(true);
});

it('takes nothing for the password of what is no hash', async () => {
  expect(await isPassword('', '')).toBe(false);
  expect(await isPassword('kirin', 'kirin')).toBe(false);
});
