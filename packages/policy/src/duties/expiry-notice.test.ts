import { assert, constantFrom, date, property } from 'fast-check';
import { expect, it } from 'vitest';
import { dayName, localDay } from './calendar.ts';
import { isNoticeDay, noticeDays } from './expiry-notice.ts';

const moments = date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2037-12-31T00:00:00Z'),
  noInvalidDate: true,
});

it('is on one day for each notice, by the calendar of the organisation', () => {
  const zones = constantFrom('Asia/Tokyo', 'America/New_York', 'Pacific/Chatham', 'UTC');
  assert(
    property(moments, zones, (endsAt, timeZone) => {
      const last = localDay(endsAt, timeZone);
      const days = Array.from({ length: 40 }, (_, index) => dayName(last - index));
      const told = days.filter((day) => isNoticeDay(day, endsAt, timeZone));
      expect(told).toEqual([...noticeDays].toReversed().map((before) => dayName(last - before)));
    }),
  );
});

it('counts days and not times of 24 hours', () => {
  expect(isNoticeDay('2026-11-30', new Date('2026-12-02T15:00:00Z'), 'Asia/Tokyo')).toBe(true);
  expect(isNoticeDay('2026-11-30', new Date('2026-12-02T14:59:59Z'), 'Asia/Tokyo')).toBe(false);
});
