import { describe, expect, it } from 'vitest';

import { backOffMs, busyBackOff, parseRetryAfter } from './back-off.ts';
import { datetimePattern } from './datetime-pattern.ts';
import { globMatcher, isCompressed, isSiblingName, looksRotated } from './find-paths.ts';
import { gapRecord } from './gap.ts';
import { fillLogStream } from './host-names.ts';
import { encodeHeaderText, originHeaders } from './request-headers.ts';
import { compareRotationNames } from './rotation.ts';

describe('back-off', () => {
  it('doubles up to its limit and never undercuts the server', () => {
    const at = (attempt: number, random: number): number =>
      backOffMs(busyBackOff, attempt, { random, retryAfterMs: null });
    expect([at(1, 0), at(1, 1), at(3, 1), at(50, 1)]).toEqual([250, 500, 2000, 60_000]);
    expect(backOffMs(busyBackOff, 1, { random: 0, retryAfterMs: 7000 })).toBe(7000);
  });

  it('reads Retry-After as seconds and as a date', () => {
    expect(parseRetryAfter('3', 0)).toBe(3000);
    expect(parseRetryAfter('Sun, 22 Nov 2026 00:00:10 GMT', Date.UTC(2026, 10, 22))).toBe(10_000);
    expect(parseRetryAfter('soon', 0)).toBeNull();
    expect(parseRetryAfter('999999', 0)).toBe(600_000);
  });
});

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

  it('orders rotations with the oldest first', () => {
    expect(['x.1', 'x.10', 'x.2'].sort(compareRotationNames)).toEqual(['x.10', 'x.2', 'x.1']);
    expect(['x-20261122', 'x-20261121'].sort(compareRotationNames)).toEqual(['x-20261121', 'x-20261122']);
  });

  it('matches wildcards as a shell does', () => {
    expect(globMatcher('*.log').test('a.log')).toBe(true);
    expect(globMatcher('*.log').test('.a.log')).toBe(false);
    expect(globMatcher('a[0-9]?.l*').test('a1x.log')).toBe(true);
    expect(globMatcher('a[!0-9]').test('a1')).toBe(false);
    expect(globMatcher('a+b').test('aab')).toBe(false);
  });
});

describe('what goes over the wire beside the records', () => {
  it('encodes names so that they can be decoded exactly', () => {
    const name = '/var/log/時刻 100%.log';
    expect(decodeURIComponent(encodeHeaderText(name))).toBe(name);
    expect(encodeHeaderText('/var/log/ntpd.log')).toBe('/var/log/ntpd.log');
    expect(originHeaders({ file: null, timeZone: 'UTC', datetimeFormat: '%d %b %H:%M:%S' })).toMatchObject({
      'Akashi-Datetime-Format': '%25d%20%25b%20%25H:%25M:%25S',
    });
    const long =
      originHeaders({ file: `/var/${'時刻/'.repeat(100)}a.log`, timeZone: 'UTC', datetimeFormat: null })[
        'Akashi-Source-File'
      ] ?? '';
    expect([long.length <= 1024, long.endsWith('/a.log')]).toEqual([true, true]);
  });

  it('fills in stream names and keeps them legal', () => {
    const names = { hostname: 'web 1', instanceId: 'i-0abc', ipAddress: '10.0.0.1' };
    expect(fillLogStream('{instance_id}/{hostname}/{ip_address}', names)).toBe('i-0abc/web_1/10.0.0.1');
  });

  it('says where, when and how much may be missing', () => {
    const text = gapRecord({
      cause: 'copytruncate',
      file: '/var/log/ntpstats/ntpd.log',
      fromByte: 4096,
      toByte: null,
      lostUpToByte: 0,
      copy: '/var/log/ntpstats/ntpd.log.1',
      afterMs: 1_000,
      beforeMs: 1_012.5,
      lastReadMs: 900,
      detectedMs: 1_100,
    });
    expect(text).toBe(
      'akashi-agent: possible gap file=/var/log/ntpstats/ntpd.log cause=copytruncate from_byte=4096 to_byte=unknown lost_bytes=unknown ' +
        'copy=/var/log/ntpstats/ntpd.log.1 written_after=1970-01-01T00:00:01.000Z written_before=1970-01-01T00:00:01.012Z window_ms=12.5 ' +
        'last_read=1970-01-01T00:00:00.900Z detected=1970-01-01T00:00:01.100Z',
    );
  });
});
