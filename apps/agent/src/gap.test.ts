import { describe, expect, it } from 'vitest';

import { gapRecord } from './gap.ts';

describe('gapRecord', () => {
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
