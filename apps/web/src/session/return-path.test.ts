import { describe, expect, it } from 'vitest';
import { safeReturnPath, signInAddress } from './return-path.ts';

describe('safeReturnPath', () => {
  it.each(['https://elsewhere.example', '/\t/elsewhere.example', '', null])('does not lead to %j', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });

  it('keeps the whole address of a page', () => {
    const path = '/explorer?v=1&q=a%20b';
    expect(safeReturnPath(new URLSearchParams(signInAddress(path).split('?')[1]).get('return'))).toBe(path);
  });
});
