import { describe, expect, it } from 'vitest';

import { encodeHeaderText, originHeaders } from './request-headers.ts';

describe('originHeaders', () => {
  it('encodes names so that they can be decoded exactly', () => {
    const name = '/var/log/時刻 100%.log';
    expect(decodeURIComponent(encodeHeaderText(name))).toBe(name);
    expect(encodeHeaderText('/var/log/ntpd.log')).toBe('/var/log/ntpd.log');
    expect(
      originHeaders({ file: null, timeZone: 'UTC', datetimeFormat: '%d %b %H:%M:%S', encoding: null }),
    ).toMatchObject({
      'Akashi-Datetime-Format': '%25d%20%25b%20%25H:%25M:%25S',
    });
    const long =
      originHeaders({
        file: `/var/${'時刻/'.repeat(100)}a.log`,
        timeZone: 'UTC',
        datetimeFormat: null,
        encoding: null,
      })['Akashi-Source-File'] ?? '';
    expect([long.length <= 1024, long.endsWith('/a.log')]).toEqual([true, true]);
  });
});
