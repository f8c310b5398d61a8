import { describe, expect, it } from 'vitest';
import type { BatchOrigin } from './batch-origin.ts';
import { createNormalizer, TimeZoneError } from './create-normalizer.ts';
import { formatMicros } from './index-time.ts';
import type { LogEvent } from './log-event.ts';

const base: BatchOrigin = {
  batchId: 'b',
  logGroup: 'syslog',
  logStream: null,
  source: { id: 's', kind: 'syslog-udp', address: '192.0.2.9' },
};
const tokyo = createNormalizer({ timeZone: 'Asia/Tokyo' });

function read(
  line: string | Buffer,
  receivedAt: string,
  how: Partial<BatchOrigin> & { flags?: number } = {},
): LogEvent {
  const { flags = 0, ...origin } = how;
  const record = typeof line === 'string' ? Buffer.from(line) : line;
  return tokyo.normalize({
    record,
    origin: { ...base, ...origin },
    receivedAtUs: Date.parse(receivedAt) * 1000,
    flags,
  });
}

function time(line: string, receivedAt: string, timeZone = 'UTC'): string {
  return formatMicros(read(line, receivedAt, { timeZone }).timestampUs);
}

describe('the year of a line that has none', () => {
  it.each([
    ['Dec 31 23:59:59', '2027-01-01T00:00:05Z', '2026-12-31T23:59:59.000Z'],
    ['Jan  1 00:00:01', '2026-12-31T23:59:58Z', '2027-01-01T00:00:01.000Z'],
    ['Jan  1 00:00:01', '2027-01-01T00:00:02Z', '2027-01-01T00:00:01.000Z'],
    ['Nov 23 11:59:00', '2026-11-22T12:00:00Z', '2026-11-23T11:59:00.000Z'],
    ['Nov 23 12:01:00', '2026-11-22T12:00:00Z', '2025-11-23T12:01:00.000Z'],
    ['Feb 29 10:00:00', '2026-11-22T12:00:00Z', '2024-02-29T10:00:00.000Z'],
    ['Feb 29 10:00:00', '2028-02-29T12:00:00Z', '2028-02-29T10:00:00.000Z'],
    ['Feb 29 10:00:00', '2103-06-01T00:00:00Z', '2096-02-29T10:00:00.000Z'],
    ['Jun 30 23:59:60', '2026-07-01T00:00:01Z', '2026-07-01T00:00:00.000Z'],
  ])('%s received %s', (written, receivedAt, expected) => {
    expect(time(`<13>${written} h app: x`, receivedAt)).toBe(expected);
  });

  it('follows the zone of the source around New Year', () => {
    expect(time('<13>Jan  1 00:30:00 h app: x', '2026-12-31T15:30:01Z', 'Asia/Tokyo')).toBe('2026-12-31T15:30:00.000Z');
    expect(time('<13>Dec 31 23:30:00 h app: x', '2027-01-01T07:30:01Z', 'America/Los_Angeles')).toBe(
      '2027-01-01T07:30:00.000Z',
    );
  });
});

describe('the zone', () => {
  it("is the line's own, else the source's, else the tenant's", () => {
    const line = '2026-11-22 10:00:00';
    expect(time(`${line}+02:00 x`, '2026-11-22T12:00:00Z', 'Asia/Tokyo')).toBe('2026-11-22T08:00:00.000Z');
    expect(time(`${line} x`, '2026-11-22T12:00:00Z', 'Asia/Kolkata')).toBe('2026-11-22T04:30:00.000Z');
    expect(formatMicros(read(`${line} x`, '2026-11-22T12:00:00Z').timestampUs)).toBe('2026-11-22T01:00:00.000Z');
    expect(time(`${line} x`, '2026-11-22T12:00:00Z', 'No/Such_Zone')).toBe('2026-11-22T01:00:00.000Z');
  });

  it('twice the same local hour: nearer to the receipt', () => {
    const line = 'Nov  1 01:30:00 h app: x';
    expect(time(line, '2026-11-01T05:30:02Z', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(time(line, '2026-11-01T06:30:02Z', 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
  });

  it('a local hour that was skipped: the offset from before', () => {
    expect(time('Mar  8 02:30:00 h app: x', '2026-03-08T07:30:02Z', 'America/New_York')).toBe(
      '2026-03-08T07:30:00.000Z',
    );
    expect(time('2026-10-04 02:10:00 x', '2026-10-05T00:00:00Z', 'Australia/Lord_Howe')).toBe(
      '2026-10-03T15:40:00.000Z',
    );
  });

  it('of the tenant must exist', () => {
    expect(() => createNormalizer({ timeZone: 'Mars/Olympus' })).toThrow(TimeZoneError);
  });
});

describe('times that cannot be', () => {
  it('from before 1971 give way to the receive time, and stay as text', () => {
    const event = read('{"time":"1970-01-01T00:00:12Z","message":"x"}', '2026-11-22T12:00:00Z');
    expect(formatMicros(event.timestampUs)).toBe('2026-11-22T12:00:00.000Z');
    expect(event.originalTime).toBe('1970-01-01T00:00:12Z');
    expect(event.parse).toEqual({ format: 'json', status: 'partial', reason: 'past-time' });
  });

  it('from the future stay, and say so', () => {
    const event = read('{"time":"2027-11-22T12:00:00Z","message":"x"}', '2026-11-22T12:00:00Z');
    expect(formatMicros(event.timestampUs)).toBe('2027-11-22T12:00:00.000Z');
    expect(event.parse.reason).toBe('future-time');
  });

  it('that the index cannot hold give way to the receive time', () => {
    const event = read('{"time":"9999-12-31T23:59:59Z","message":"x"}', '2026-11-22T12:00:00Z');
    expect(formatMicros(event.timestampUs)).toBe('2026-11-22T12:00:00.000Z');
    expect(event.parse.reason).toBe('future-time');
  });

  it('by the calendar are none', () => {
    for (const line of [
      '2026-02-30T10:00:00Z x',
      'Nov 31 10:00:00 h x: y',
      '2026-13-01 10:00:00 x',
      '2026-11-22 24:00:00 x',
    ]) {
      expect(read(line, '2026-11-22T12:00:00Z').originalTime).toBeUndefined();
    }
  });
});

describe('datetime_format', () => {
  it.each([
    ['%Y-%m-%d %H:%M:%S,%f', 'INFO [x] 2026-11-22 10:00:00,125 hello', '2026-11-22T10:00:00.125Z'],
    ['%d/%b/%Y:%H:%M:%S %z', 'a 22/Nov/2026:10:00:00 +0900 b', '2026-11-22T01:00:00.000Z'],
    ['%b %d %H:%M:%S', 'Nov  2 10:00:00 hello', '2026-11-02T10:00:00.000Z'],
    ['%I:%M:%S %p %m/%d/%y', '12:05:06 PM 11/21/26 x', '2026-11-21T12:05:06.000Z'],
    ['%Y%j %H:%M:%S', '2026326 10:00:00 x', '2026-11-22T10:00:00.000Z'],
    ['[%s]', '[1763805600] x', '2025-11-22T10:00:00.000Z'],
    ['%A, %e %B %Y %H:%M:%S %Z', 'Sunday, 22 November 2026 10:00:00 JST', '2026-11-22T01:00:00.000Z'],
  ])('%s', (datetimeFormat, line, expected) => {
    const event = read(line, '2026-11-22T12:00:00Z', { datetimeFormat, timeZone: 'UTC' });
    expect(formatMicros(event.timestampUs)).toBe(expected);
    expect(event.parse.reason).not.toBe('time-unknown');
  });

  it('that is not found, or is none, leaves the receive time with a reason', () => {
    for (const datetimeFormat of ['%Y-%m-%d %H:%M', '%Q', '('.repeat(500)]) {
      const event = read('<13>no time here', '2026-11-22T12:00:00Z', { datetimeFormat });
      expect(event.parse).toEqual({ format: 'syslog-rfc3164', status: 'partial', reason: 'time-unknown' });
    }
  });
});

describe('an event', () => {
  it('names its stream by origin, host, or peer', () => {
    const line = '<13>Nov 22 10:00:00 web01 app: x';
    expect(read(line, '2026-11-22T12:00:00Z', { logStream: 'given' }).logStream).toBe('given');
    expect(read(line, '2026-11-22T12:00:00Z').logStream).toBe('web01');
    expect(read('x', '2026-11-22T12:00:00Z').logStream).toBe('192.0.2.9');
  });

  it('takes its format from the source or the name of its log group', () => {
    expect(
      read('Accepted password for a from 192.0.2.1 port 2 ssh2', '2026-11-22T12:00:00Z', { format: 'sshd' }).parse
        .format,
    ).toBe('sshd');
    expect(
      read('26 Feb 13:49:01 ntpd[1]: 0.0.0.0 c615 05 clock_sync', '2026-11-22T12:00:00Z', { logGroup: 'ntpd' }).parse
        .format,
    ).toBe('ntpd');
    expect(read('{"a":1}', '2026-11-22T12:00:00Z', { format: 'text' }).parse).toEqual({
      format: 'text',
      status: 'partial',
      reason: 'no-time',
    });
    expect(read('{"a":1}', '2026-11-22T12:00:00Z', { logGroup: 'constructor' }).parse.format).toBe('json');
  });

  it('says which bytes could not be read', () => {
    const event = read(Buffer.from([0x3c, 0x31, 0x33, 0x3e, 0xff, 0xfe, 0x41]), '2026-11-22T12:00:00Z');
    expect(event.message).toBe('\ufffd\ufffdA');
    expect(event.parse.reason).toBe('invalid-utf8');
    expect(read('a real \ufffd', '2026-11-22T12:00:00Z').parse.reason).toBe('no-format');
  });

  it('of a continued line is text at its receive time', () => {
    const event = read('{"time":"2026-11-22T10:00:00Z"}', '2026-11-22T12:00:00Z', { flags: 1 });
    expect(event.parse).toEqual({ format: 'text', status: 'partial', reason: 'continuation' });
    expect(read('{"cut":"o', '2026-11-22T12:00:00Z', { flags: 2 }).parse.reason).toBe('too-long');
  });

  it('whose parser fails is quarantined, and the next one is read', () => {
    const record = Buffer.from('<13>x');
    const trap = { ...base };
    Object.defineProperty(trap, 'format', {
      get: () => {
        throw new Error('broken');
      },
    });
    const receivedAtUs = 1_800_000_000_000_000;
    const event = tokyo.normalize({ record, origin: trap, receivedAtUs, flags: 0 });
    expect(event).toMatchObject({
      message: '<13>x',
      parse: { format: 'text', status: 'quarantined', reason: 'parser-failed' },
    });
    expect(tokyo.normalize({ record, origin: base, receivedAtUs, flags: 0 }).parse.format).toBe('syslog-rfc3164');
  });

  it('keeps its labels and values within bounds', () => {
    const many = Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`k${i}`, 'v'.repeat(9000)]));
    const event = read(
      JSON.stringify({ time: '2026-11-22T10:00:00Z', user: 'u'.repeat(9000), ...many }),
      '2026-11-22T12:00:00Z',
    );
    expect(Object.keys(event.labels).length).toBe(64);
    expect(event.labels['k0']?.length).toBe(2000);
    expect(String(event.fields['user.name']).length).toBe(8000);
    expect(event.parse).toEqual({ format: 'json', status: 'partial', reason: 'fields-dropped' });
  });

  it('survives JSON nested deeper than any stack', () => {
    const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    for (const line of [deep, nested]) expect(read(line, '2026-11-22T12:00:00Z').message).toBe(line);
  });
});
