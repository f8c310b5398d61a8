import { describe, expect, it } from 'vitest';

import { datetimePattern } from './datetime-pattern.ts';

describe('datetimePattern', () => {
  it('matches what the format would read', () => {
    const matches = (format: string, text: string): boolean => new RegExp(datetimePattern(format) ?? '(?!)').test(text);
    expect(matches('%Y-%m-%dT%H:%M:%S.%f%z', '2026-11-22T01:02:03.123456+09:00')).toBe(true);
    expect(matches('%b %d %H:%M:%S', 'Nov  2 01:02:03')).toBe(true);
    expect(matches('[%d/%b/%Y:%H:%M:%S %z]', '[22/Nov/2026:01:02:03 +0900]')).toBe(true);
    expect(matches('%Y年%m月%d日', '2026年11月22日')).toBe(true);
    expect(datetimePattern('%Q')).toBeNull();
  });
});
