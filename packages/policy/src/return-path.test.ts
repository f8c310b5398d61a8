import { describe, expect, it } from 'vitest';
import { isReturnPath } from './return-path.ts';

describe('isReturnPath', () => {
  it.each([
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n/elsewhere.example',
    '',
    'explorer',
    '/sign-in?return=/x',
  ])('refuses %j', (path) => {
    expect(isReturnPath(path)).toBe(false);
  });

  it.each(['/', '/explorer?v=1&q=a%20b&t=2026-11-22T00:00:00Z..now', '/settings?tab=providers'])('takes %j', (path) => {
    expect(isReturnPath(path)).toBe(true);
  });
});
