import { describe, expect, it } from 'vitest';
import { checkPassword } from './password-checks.ts';

const rules = { minLength: 12, personal: ['tanaka@example.jp', '田中 花子'] };

describe('checkPassword', () => {
  it('nothing typed keeps no rule', () => {
    expect(checkPassword('', rules)).toEqual({ length: false, lettersAndDigits: false, notPersonal: false });
  });

  it('tells each rule apart while typing', () => {
    expect(checkPassword('abc1', rules)).toEqual({ length: false, lettersAndDigits: true, notPersonal: true });
    expect(checkPassword('abcdefghijklmnop', rules)).toMatchObject({ length: true, lettersAndDigits: false });
    expect(checkPassword('tanaka@example1', rules)).toEqual({
      length: true,
      lettersAndDigits: true,
      notPersonal: false,
    });
    expect(checkPassword('velvet 9 harbour', rules)).toEqual({
      length: true,
      lettersAndDigits: true,
      notPersonal: true,
    });
  });

  it('counts characters, not bytes, and letters of every script', () => {
    expect(checkPassword('日本語の長い合言葉その1', rules)).toMatchObject({ length: true, lettersAndDigits: true });
  });

  it('a password that is far too long is not long enough either', () => {
    expect(checkPassword(`a1${'x'.repeat(400)}`, rules).length).toBe(false);
  });
});
