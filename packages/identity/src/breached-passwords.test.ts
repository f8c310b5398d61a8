import { dictionary } from '@zxcvbn-ts/language-common';
import { expect, it } from 'vitest';
import { isBreachedPassword } from './breached-passwords.ts';

it.each([
  'Password1234',
  'P@ssw0rd2024!',
  '123456789012',
  'qwerty123456',
  'qwertyuiop12',
  'Qwertyuiop123',
  'abc123abc123',
  'a1a1a1a1a1a1',
  'passwordpassword1',
  'password-qwerty-1'.replaceAll('-', ''),
  '1qaz2wsx3edc4rfv',
  'drowssap12345',
  'administrator1',
  'aaaaaaaaaaa1',
  'ｐａｓｓｗｏｒｄ１２３４',
  'sunshine2026!!',
])('knows %s', (password) => {
  expect(isBreachedPassword(password)).toBe(true);
});

it.each([
  'kirin tobu 42',
  'correct horse 9',
  'mwdg-2xk9-fh4p-cb7t-7k',
  '富士山の見える朝が好きです7',
  'Lantern orchard 58 quiet',
])('lets %s pass', (password) => {
  expect(isBreachedPassword(password)).toBe(false);
});

it('knows every entry of its list, with digits behind it as well', () => {
  const listed = dictionary['passwords-common'].filter((password) => password.length >= 8);
  expect(listed.length).toBeGreaterThan(10_000);
  expect(listed.filter((password) => !isBreachedPassword(password))).toEqual([]);
  const words = listed.filter((password) => /^[a-z]+$/.test(password)).slice(0, 500);
  expect(words.filter((word) => !isBreachedPassword(`${word}2026`))).toEqual([]);
});

it('answers within milliseconds for the longest of inputs', () => {
  const startedAt = performance.now();
  isBreachedPassword('pass'.repeat(50_000));
  isBreachedPassword('a1b2'.repeat(50_000));
  expect(performance.now() - startedAt).toBeLessThan(250);
});
