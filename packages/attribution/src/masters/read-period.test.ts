import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPeriod, type TimeReading, type WrittenPeriod } from './read-period.ts';

const reading: TimeReading = { timeZone: 'Asia/Tokyo', nowMs: Date.parse('2026-07-10T00:00:00Z'), year: null };

function periodOf(
  from: string,
  until: string,
  changed: Partial<TimeReading> = {},
): readonly (string | null)[] | string {
  const result = readPeriod({ from, until }, { ...reading, ...changed });
  if ('fault' in result) return `${result.fault.side} ${result.fault.reason}`;
  return [result.period.validFromMs, result.period.validUntilMs].map((ms) =>
    ms === null ? null : new Date(ms).toISOString(),
  );
}

describe('readPeriod', () => {
  it.each([
    ['06/29 13:00', '2026-06-29T04:00:00.000Z'],
    ['6/29 9:05', '2026-06-29T00:05:00.000Z'],
    ['2026/06/29 13:00', '2026-06-29T04:00:00.000Z'],
    ['2026-06-29 13:00:01.25', '2026-06-29T04:00:01.250Z'],
    ['2026-06-29T13:00:00+02:00', '2026-06-29T11:00:00.000Z'],
    ['2026-06-29T13:00Z', '2026-06-29T13:00:00.000Z'],
    ['20260629T130000Z', '2026-06-29T13:00:00.000Z'],
    ['20260629130000', '2026-06-29T04:00:00.000Z'],
    ['202606291300', '2026-06-29T04:00:00.000Z'],
    ['20260629', '2026-06-28T15:00:00.000Z'],
    ['２０２６／０６／２９　１３：００', '2026-06-29T04:00:00.000Z'],
    ['2026年6月29日 13時05分', '2026-06-29T04:05:00.000Z'],
    ['2026年6月29日13時', '2026-06-29T04:00:00.000Z'],
    ['6月29日 午後1:00', '2026-06-29T04:00:00.000Z'],
    ['2026/6/29(月) 13:00', '2026-06-29T04:00:00.000Z'],
    ['2026/6/29 1:00 PM', '2026-06-29T04:00:00.000Z'],
    ['2026/6/29 12:00 AM', '2026-06-28T15:00:00.000Z'],
    ['令和8年6月29日', '2026-06-28T15:00:00.000Z'],
    ['令和元年5月1日', '2019-04-30T15:00:00.000Z'],
    ['R8.6.29 13:00', '2026-06-29T04:00:00.000Z'],
    ['29-Jun-2026 13:00', '2026-06-29T04:00:00.000Z'],
    ['29 June 2026', '2026-06-28T15:00:00.000Z'],
    ['Jun 29, 2026 1:00 PM', '2026-06-29T04:00:00.000Z'],
    ['2026/06/29 24:00', '2026-06-29T15:00:00.000Z'],
    ['2026/06/29 13:00 JST', '2026-06-29T04:00:00.000Z'],
  ])('reads %s', (written, moment) => {
    expect(periodOf(written, '')).toEqual([moment, null]);
  });

  it.each([
    ['06/29/2026 13:00', 'which number is the day'],
    ['26/06/29', 'which number is the year'],
    ['2026/02/29', 'no such day'],
    ['2026/13/01', 'no such month'],
    ['2026/06/29 25:00', 'no such hour'],
    ['2026/06/29 13:60', 'no such minute'],
    ['2026/06/29 13:00 PM', 'thirteen in the afternoon'],
    ['yesterday', 'a word'],
    ['29 Jux 2026', 'no month'],
    ['31 June 2026', 'no such day'],
    ['13:00', 'no day'],
    ['1782705600', 'a number of seconds'],
    ['2026/06/29 13:00 Mars', 'a zone that there is not'],
    ['0026/06/29', 'a year of no table'],
  ])('refuses %s: %s', (written) => {
    expect(periodOf(written, '')).toBe('from time');
    expect(periodOf('', written)).toBe('until time');
  });

  it('takes the latest day that is not in the future where no year is written, today included', () => {
    expect(periodOf('07/10 23:00', '')).toEqual(['2026-07-10T14:00:00.000Z', null]);
    expect(periodOf('07/11 00:00', '')).toEqual(['2025-07-10T15:00:00.000Z', null]);
    // 23:30 UTC of the 9th is the 10th in Tokyo.
    expect(periodOf('07/10', '', { nowMs: Date.parse('2026-07-09T23:30:00Z') })).toEqual([
      '2026-07-09T15:00:00.000Z',
      null,
    ]);
    expect(periodOf('02/29', '')).toEqual(['2024-02-28T15:00:00.000Z', null]);
  });

  it('takes the year that was asked for', () => {
    expect(periodOf('12/31 22:00', '01/01 02:00', { year: 2024 })).toEqual([
      '2024-12-31T13:00:00.000Z',
      '2024-12-31T17:00:00.000Z',
    ]);
    expect(periodOf('2023/12/31 22:00', '', { year: 2024 })).toEqual(['2023-12-31T13:00:00.000Z', null]);
    expect(periodOf('02/29', '', { year: 2025 })).toBe('from no-such-day');
  });

  it('counts the end from the start where the end has no year', () => {
    expect(periodOf('12/31 22:00', '01/01 02:00')).toEqual(['2025-12-31T13:00:00.000Z', '2025-12-31T17:00:00.000Z']);
    // Tomorrow lies behind a start of today, though not in the past.
    expect(periodOf('07/10 22:00', '07/11 02:00')).toEqual(['2026-07-10T13:00:00.000Z', '2026-07-10T17:00:00.000Z']);
    expect(periodOf('06/29 22:00', '2025/06/30')).toEqual(['2025-06-29T13:00:00.000Z', '2025-06-30T15:00:00.000Z']);
  });

  it('refuses an end that is not behind its start', () => {
    expect(periodOf('06/29 15:00', '06/29 13:00')).toBe('until ends-first');
    expect(periodOf('06/29 15:00', '06/29 15:00')).toBe('until ends-first');
    expect(periodOf('07/01 15:00', '06/29 13:00')).toBe('until ends-first');
  });

  it('ends with the day where the end is a day, and not at all where a table says so', () => {
    expect(periodOf('', '2026/06/30')).toEqual([null, '2026-06-30T15:00:00.000Z']);
    for (const open of ['', ' ', '無期限', '-', '9999/12/31', '9999-12-31 23:59:59'])
      expect(periodOf('', open)).toEqual([null, null]);
  });

  it('reads a time that the clocks skip by the offset before, and the first of two', () => {
    const timeZone = 'America/New_York';
    expect(periodOf('2026-03-08 02:30', '', { timeZone })).toEqual(['2026-03-08T07:30:00.000Z', null]);
    expect(periodOf('2026-11-01 01:30', '', { timeZone })).toEqual(['2026-11-01T05:30:00.000Z', null]);
  });

  it('gives back every moment that is written with its zone, however it is written', () => {
    const moment = fc.date({ min: new Date('1971-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    const form = fc.constantFrom('iso', 'slashes', 'japanese', 'wide');
    fc.assert(
      fc.property(moment, form, (date, how) => {
        const result = readPeriod(writtenAs(date, how), { ...reading, timeZone: 'UTC' });
        expect(result).toEqual({ period: { validFromMs: date.getTime(), validUntilMs: null }, isYearGuessed: false });
      }),
    );
  });

  it('never throws, and never gives a period that is empty', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789/-:. 年月日時TZ午後')) }),
    );
    fc.assert(
      fc.property(cell, cell, (from, until) => {
        const result = readPeriod({ from, until }, reading);
        if ('fault' in result) return;
        const { validFromMs, validUntilMs } = result.period;
        if (validFromMs !== null && validUntilMs !== null) expect(validFromMs).toBeLessThan(validUntilMs);
      }),
    );
  });
});

function writtenAs(date: Date, how: string): WrittenPeriod {
  const iso = date.toISOString();
  const [, year = '', month = '', day = '', time = ''] = /^(\d+)-(\d+)-(\d+)T(.*)Z$/.exec(iso) ?? [];
  const slashes = `${year}/${Number(month)}/${Number(day)} ${time}`;
  if (how === 'slashes') return { from: slashes, until: '' };
  if (how === 'japanese') return { from: `${year}年${Number(month)}月${day}日 ${time}`, until: '' };
  if (how === 'wide')
    return {
      from: slashes.replaceAll(/[\d/:]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
      until: '',
    };
  return { from: iso, until: '' };
}
