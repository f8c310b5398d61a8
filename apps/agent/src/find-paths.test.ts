import { describe, expect, it } from 'vitest';

import { globMatcher, isCompressed, isSiblingName, looksRotated } from './find-paths.ts';

describe('rotated names', () => {
  it('knows the names that logrotate gives', () => {
    for (const name of ['/v/ntpd.log.1', '/v/ntpd.log-20261122', '/v/ntpd-20261122.log', '/v/ntpd.log.2026-11-22']) {
      expect([name, isSiblingName('/v/ntpd.log', name), looksRotated('/v/ntpd.log', name)]).toEqual([name, true, true]);
    }
    expect(looksRotated('/v/ntpd.log', '/v/ntpd.log-debug')).toBe(false);
    expect(isSiblingName('/v/ntpd.log', '/v/ntpd.logger')).toBe(false);
    expect(isSiblingName('/v/ntpd.log', '/w/ntpd.log.1')).toBe(false);
    expect(['a.gz', 'a.bz2', 'a.xz', 'a.zst', 'a.log'].map(isCompressed)).toEqual([true, true, true, true, false]);
  });

  it('matches wildcards as a shell does', () => {
    expect(globMatcher('*.log').test('a.log')).toBe(true);
    expect(globMatcher('*.log').test('.a.log')).toBe(false);
    expect(globMatcher('a[0-9]?.l*').test('a1x.log')).toBe(true);
    expect(globMatcher('a[!0-9]').test('a1')).toBe(false);
    expect(globMatcher('a+b').test('aab')).toBe(false);
  });
});
