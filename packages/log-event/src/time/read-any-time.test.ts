import { expect, it } from 'vitest';
import { readAnyTime } from './read-any-time.ts';

it.each([
  ['Nov 30 2026 12:08:10 GMT+00:00', 0],
  ['Nov 30 2026 12:08:10.123 GMT+09:00', 540],
  ['30 Nov 2026 12:08:10 GMT-05:00', -300],
  ['Mon, 30 Nov 2026 12:08:10 +0900', 540],
  ['Mon Nov 30 12:08:10 GMT+09:00 2026', 540],
  ['2026-11-30 12:08:10 UTC+9', 540],
  ['2026-11-30T12:08:10+09:00[Asia/Tokyo]', 540],
  ['2026-11-30 12:08:10 JST', 540],
  ['2026-11-30 12:08:10', undefined],
])('reads %s with its zone', (written, offsetMinutes) => {
  expect(readAnyTime(written)).toMatchObject({
    wall: { year: 2026, month: 11, day: 30, secondOfDay: 43_690, offsetMinutes, hasUnknownZone: false },
  });
});

it('says that a zone of several meanings is unknown', () => {
  expect(readAnyTime('Nov 30 2026 12:08:10 IST')).toMatchObject({ wall: { hasUnknownZone: true } });
});

it.each(['2026-11-30T12:08:10+09:00[', '2026-11-30 12:08:10[Asia/Tokyo]', 'Nov 30 2026 12:08:10 GMT+99:00', 'Mon, x'])(
  'takes %s for no time',
  (written) => {
    expect(readAnyTime(written)).toBeUndefined();
  },
);
