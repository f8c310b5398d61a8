import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimeText } from './parse-time-text.ts';
import {
  decodeTimeRange,
  encodeTimeRange,
  lastInstant,
  resolveRange,
  stepRange,
  zoomOut,
  type TimeRange,
} from './time-range.ts';

const zone = 'Asia/Tokyo';
/** Sunday 2026-11-22 12:00 in Tokyo. */
const now = Date.UTC(2026, 10, 22, 3);
const jst = (text: string) => Date.parse(`${text}+09:00`);

const anyRange: fc.Arbitrary<TimeRange> = fc.oneof(
  fc.record({
    kind: fc.constant('last' as const),
    amount: fc.integer({ min: 1, max: 99_999 }),
    unit: fc.constantFrom('s' as const, 'm' as const, 'h' as const, 'd' as const, 'w' as const),
  }),
  fc.record({ kind: fc.constant('calendar' as const), word: fc.constantFrom('today' as const, 'last-week' as const) }),
  fc
    .tuple(fc.integer({ min: 0, max: lastInstant - 1 }), fc.integer({ min: 1, max: 1e10 }))
    .map(([from, width]) => ({ kind: 'absolute' as const, from, to: Math.min(lastInstant, from + width) })),
);

describe('typed ranges', () => {
  const cases: [string, TimeRange][] = [
    ['15m', { kind: 'last', amount: 15, unit: 'm' }],
    ['１５ｍ', { kind: 'last', amount: 15, unit: 'm' }],
    ['last 2 hours', { kind: 'last', amount: 2, unit: 'h' }],
    ['直近3日', { kind: 'last', amount: 3, unit: 'd' }],
    ['2時間', { kind: 'last', amount: 2, unit: 'h' }],
    ['昨日', { kind: 'calendar', word: 'yesterday' }],
    ['先週', { kind: 'calendar', word: 'last-week' }],
    ['2026-11-01', { kind: 'absolute', from: jst('2026-11-01T00:00'), to: jst('2026-11-02T00:00') }],
    ['2026-11-01 10:00..12:00', { kind: 'absolute', from: jst('2026-11-01T10:00'), to: jst('2026-11-01T12:00') }],
    [
      '2026-11-01 10:00..2026-11-02 09:30',
      { kind: 'absolute', from: jst('2026-11-01T10:00'), to: jst('2026-11-02T09:30') },
    ],
    ['2026-11-01..2026-11-03', { kind: 'absolute', from: jst('2026-11-01T00:00'), to: jst('2026-11-04T00:00') }],
    ['today 10-12', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['昨日 10:00〜12:30', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:30') }],
    ['11/20 9-24', { kind: 'absolute', from: jst('2026-11-20T09:00'), to: jst('2026-11-21T00:00') }],
    ['10:00-12:00', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['10:00 - 12:00', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['10:00:30-12:00:15', { kind: 'absolute', from: jst('2026-11-22T10:00:30'), to: jst('2026-11-22T12:00:15') }],
    ['１０：００－１２：００', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['10:00～12:00', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['10:00から12:00まで', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['10:00 to 12:00', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T12:00') }],
    ['昨日 10:00-12:00', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:00') }],
    ['昨日10:00-12:00', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:00') }],
    ['昨日の10時から12時まで', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:00') }],
    ['昨日　１０：００〜１２：３０', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:30') }],
    ['yesterday 10-12', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:00') }],
    ['yesterday from 10 to 12', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T12:00') }],
    ['yesterday 10am-2pm', { kind: 'absolute', from: jst('2026-11-21T10:00'), to: jst('2026-11-21T14:00') }],
    ['yesterday 1-3pm', { kind: 'absolute', from: jst('2026-11-21T13:00'), to: jst('2026-11-21T15:00') }],
    ['10-2pm', { kind: 'absolute', from: jst('2026-11-22T10:00'), to: jst('2026-11-22T14:00') }],
    ['12am-12pm', { kind: 'absolute', from: jst('2026-11-22T00:00'), to: jst('2026-11-22T12:00') }],
    ['午後3時〜5時', { kind: 'absolute', from: jst('2026-11-22T15:00'), to: jst('2026-11-22T17:00') }],
    ['午前9時半～午後1時', { kind: 'absolute', from: jst('2026-11-22T09:30'), to: jst('2026-11-22T13:00') }],
    ['11/20 10:00-12:30', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:30') }],
    ['11/20(金) 10:00-12:30', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:30') }],
    ['11-20 10:00-12:30', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:30') }],
    ['11月20日10:00-12:30', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:30') }],
    ['20日 10-12', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:00') }],
    ['11/20-11/22', { kind: 'absolute', from: jst('2026-11-20T00:00'), to: jst('2026-11-23T00:00') }],
    ['11月1日〜3日', { kind: 'absolute', from: jst('2026-11-01T00:00'), to: jst('2026-11-04T00:00') }],
    ['11/20 22:00-11/21 6:00', { kind: 'absolute', from: jst('2026-11-20T22:00'), to: jst('2026-11-21T06:00') }],
    ['2026/11/20 10:00-12:30', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:30') }],
    ['2026-11-20 10:00-12:30', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:30') }],
    ['2026-11-01-2026-11-03', { kind: 'absolute', from: jst('2026-11-01T00:00'), to: jst('2026-11-04T00:00') }],
    ['一昨日〜昨日', { kind: 'absolute', from: jst('2026-11-20T00:00'), to: jst('2026-11-22T00:00') }],
    ['昨日..now', { kind: 'absolute', from: jst('2026-11-21T00:00'), to: now }],
    ['3日前', { kind: 'absolute', from: jst('2026-11-19T00:00'), to: jst('2026-11-20T00:00') }],
    ['金曜 10-12', { kind: 'absolute', from: jst('2026-11-20T10:00'), to: jst('2026-11-20T12:00') }],
    ['last friday', { kind: 'absolute', from: jst('2026-11-20T00:00'), to: jst('2026-11-21T00:00') }],
    ['12/31', { kind: 'absolute', from: jst('2025-12-31T00:00'), to: jst('2026-01-01T00:00') }],
    ['2026年11月1日 10:00', { kind: 'absolute', from: jst('2026-11-01T10:00'), to: jst('2026-11-01T10:01') }],
    [
      '2026-11-01T01:00:00Z..2026-11-01T12:00:00+09:00',
      { kind: 'absolute', from: jst('2026-11-01T10:00'), to: jst('2026-11-01T12:00') },
    ],
  ];

  it.each(cases)('reads %s', (text, range) => {
    expect(parseTimeText(text, { now, zone })).toEqual({ ok: true, range });
  });

  it.each([
    '',
    'soon',
    '2026-13-01',
    '2026-02-30',
    '10:61',
    '0m',
    '25:00..26:00',
    'yesterday evening',
    '10:00-',
    '13pm',
    '24:30-25:00',
    '11/20 10:00-12:30 x',
  ])('refuses %j', (text) => {
    expect(parseTimeText(text, { now, zone })).toEqual({ ok: false, code: 'unreadable' });
  });

  it('refuses a range that ends before it starts', () => {
    expect(parseTimeText('2026-11-01 12:00..10:00', { now, zone })).toEqual({
      ok: false,
      code: 'ends-before-it-starts',
    });
  });

  it('means the days of the organisation by calendar words, whatever zone clocks are shown in', () => {
    const reading = { now: Date.UTC(2026, 10, 22, 16), zone: 'UTC', days: zone };
    const range = (text: string) => parseTimeText(text, reading);
    const absolute = (from: number, to: number) => ({ ok: true, range: { kind: 'absolute', from, to } });
    expect(range('昨日 10:00-12:00')).toEqual(absolute(jst('2026-11-22T10:00'), jst('2026-11-22T12:00')));
    expect(range('一昨日〜昨日')).toEqual(absolute(jst('2026-11-21T00:00'), jst('2026-11-23T00:00')));
    expect(range('10:00-12:00')).toEqual(absolute(Date.UTC(2026, 10, 22, 10), Date.UTC(2026, 10, 22, 12)));
    expect(range('11/20 10:00-12:00')).toEqual(absolute(Date.UTC(2026, 10, 20, 10), Date.UTC(2026, 10, 20, 12)));
  });

  it('never throws and never gives an empty range', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('0123456789-/:.~ todaymhs昨日先週年月から')) }),
        (text) => {
          const result = parseTimeText(text, { now, zone });
          if (result.ok) {
            const effective = resolveRange(result.range, { now, zone });
            expect(effective.to).toBeGreaterThan(effective.from);
          }
        },
      ),
    );
  });
});

describe('ranges', () => {
  it('are the same after a way through the URL', () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        expect(decodeTimeRange(encodeTimeRange(range))).toEqual(range);
      }),
    );
  });

  it.each(['', '15x', '-5m', 'tomorrow', '2026-11-02T00:00:00Z..2026-11-01T00:00:00Z', 'a..b', 'a..b..c'])(
    'decode nothing from %j',
    (text) => {
      expect(decodeTimeRange(text)).toBeNull();
    },
  );

  it('mean days and weeks of the zone', () => {
    expect(resolveRange({ kind: 'calendar', word: 'yesterday' }, { now, zone })).toEqual({
      from: jst('2026-11-21T00:00'),
      to: jst('2026-11-22T00:00'),
    });
    expect(resolveRange({ kind: 'calendar', word: 'last-week' }, { now, zone })).toEqual({
      from: jst('2026-11-09T00:00'),
      to: jst('2026-11-16T00:00'),
    });
    expect(resolveRange({ kind: 'calendar', word: 'last-month' }, { now, zone })).toEqual({
      from: jst('2026-10-01T00:00'),
      to: jst('2026-11-01T00:00'),
    });
  });

  it('step by their own width and come back', () => {
    const range = { from: now - 1000, to: now };
    expect(stepRange(range, -1)).toEqual({ kind: 'absolute', from: now - 2000, to: now - 1000 });
    expect(stepRange({ from: now - 2000, to: now - 1000 }, 1)).toEqual({ kind: 'absolute', ...range });
    expect(zoomOut(range)).toEqual({ kind: 'absolute', from: now - 1500, to: now + 500 });
  });
});
