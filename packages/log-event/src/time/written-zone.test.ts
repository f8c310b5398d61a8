import { expect, it } from 'vitest';
import { readWrittenZone } from './written-zone.ts';

it.each([
  ['-0500', -300],
  ['+0000', 0],
  ['+05:30', 330],
  ['+9', 540],
  ['UTC+2:00', 120],
  ['GMT-0330', -210],
  ['UTC +0900', 540],
  ['(GMT+9:00)Osaka,Sapporo', 540],
  ['JST', 540],
  ['jst', 540],
  ['Z', 0],
  ['UTC', 0],
  ['9', 540],
  ['0900', 540],
  ['-18000', -300],
  ['32400', 540],
])('reads %s as an offset', (written, offsetMinutes) => {
  expect(readWrittenZone(written)).toEqual({ offsetMinutes });
});

it.each(['Asia/Tokyo', 'America/New_York', 'Asia/Calcutta', 'US/Eastern'])('knows %s', (timeZone) => {
  expect(readWrittenZone(timeZone)).toEqual({ timeZone });
});

it.each(['', 'IST', 'CST', 'asia/tokyo', 'Asia/Nowhere', '+99', '+9:75', '540', 'NewYork', '-', 'x'.repeat(1000)])(
  'leaves %s to the source',
  (written) => {
    expect(readWrittenZone(written)).toBeUndefined();
  },
);
