import { describe, expect, it } from 'vitest';
import { inGroups, typedCode } from './typed-code.ts';

describe('typedCode', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['１２３　４５６', '123456'],
    ['123-456', '123456'],
  ])('%j is %s', (typed, code) => expect(typedCode(typed)).toBe(code));
});

describe('inGroups', () => {
  it('leaves no space at the end', () => {
    expect(inGroups('ABCDEFGH')).toBe('ABCD EFGH');
    expect(inGroups('ABCDEFGHI')).toBe('ABCD EFGH I');
    expect(inGroups('')).toBe('');
  });
});
