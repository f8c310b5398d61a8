import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnRhythm, leastSilenceMinutes, markMinutes, type HeardHour } from './rhythm.ts';
import { silentAt } from './silent-at.ts';
import { weekSlots } from './week-slots.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** A Monday, midnight in Tokyo. */
const monday = Date.UTC(2026, 9, 4, 15);
const tokyo = weekSlots('Asia/Tokyo');
const seeds = { seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }) };

/** The same numbers for the same seed. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function heardOf(times: readonly number[]): HeardHour[] {
  const marks = new Map<number, number>();
  for (const time of times) {
    const hour = Math.floor(time / hourMs);
    const mark = Math.floor((time % hourMs) / (markMinutes * minuteMs));
    marks.set(hour, (marks.get(hour) ?? 0) | (1 << mark));
  }
  return [...marks].toSorted(([one], [other]) => one - other).map(([hour, mask]) => ({ hour, marks: mask }));
}

interface Traffic {
  readonly weeks: number;
  readonly perHour: number;
  readonly seed: number;
  readonly isOpen?: (ms: number) => boolean;
}

/** Events at random, so many an hour while `isOpen` says so. */
function poisson({ weeks, perHour, seed, isOpen = () => true }: Traffic): number[] {
  const random = dice(seed);
  const times: number[] = [];
  for (let at = monday; at < monday + weeks * weekMs;) {
    at += (-Math.log(1 - random()) / perHour) * hourMs;
    if (isOpen(at)) times.push(at);
  }
  return times;
}

const localHour = (ms: number): number => Math.floor((ms - monday) / hourMs) % 24;
const localDay = (ms: number): number => Math.floor((ms - monday) / dayMs) % 7;
const inOffice = (ms: number): boolean => localDay(ms) < 5 && localHour(ms) >= 9 && localHour(ms) < 18;

const learned = (times: readonly number[]) => learnRhythm(heardOf(times), tokyo);
const silentAfter = (times: readonly number[], last: number): number | null => {
  const at = silentAt({ limits: learned(times).limits, set: null }, new Date(last), tokyo);
  return at === null ? null : at.getTime();
};

describe('the rhythm of a stream', () => {
  it('of one that never rests is told within minutes, at any hour', () => {
    fc.assert(
      fc.property(fc.record(seeds), fc.double({ min: 0, max: 1, noNaN: true }), ({ seed }, share) => {
        const times = poisson({ weeks: 4, perHour: 600, seed });
        expect(learned(times).basis).toBe('always');
        const last = monday + 4 * weekMs + Math.floor(share * weekMs);
        const waited = (silentAfter(times, last) ?? Infinity) - last;
        expect(waited).toBeGreaterThanOrEqual(leastSilenceMinutes * minuteMs);
        expect(waited).toBeLessThanOrEqual(20 * minuteMs);
      }),
      { numRuns: 15 },
    );
  });

  it('of an office expects nothing at night and on weekends, and something soon on Monday morning', () => {
    fc.assert(
      fc.property(fc.record(seeds), ({ seed }) => {
        const times = poisson({ weeks: 6, perHour: 60, seed, isOpen: inOffice });
        expect(learned(times).basis).toBe('hours');
        const friday = monday + 6 * weekMs + 4 * dayMs + 18 * hourMs - 5 * minuteMs;
        const nextMonday = monday + 7 * weekMs + 9 * hourMs;
        const at = silentAfter(times, friday) ?? Infinity;
        expect(at).toBeGreaterThan(nextMonday);
        expect(at).toBeLessThan(nextMonday + hourMs);
        const noon = monday + 6 * weekMs + 12 * hourMs;
        expect((silentAfter(times, noon) ?? Infinity) - noon).toBeLessThan(hourMs);
      }),
      { numRuns: 15 },
    );
  });

  it('is told on its own day when a daily job does not come', () => {
    fc.assert(
      fc.property(fc.record(seeds), fc.integer({ min: 0, max: 12 }), ({ seed }, jitter) => {
        const random = dice(seed);
        const job = (day: number): number => monday + day * dayMs + 2 * hourMs + (15 + random() * jitter) * minuteMs;
        const times = Array.from({ length: 42 }, (_, day) => job(day));
        const last = times.at(-1) ?? 0;
        const at = silentAfter(times, last) ?? Infinity;
        expect(at).toBeGreaterThan(monday + 42 * dayMs + 2 * hourMs + 10 * minuteMs);
        expect(at).toBeLessThanOrEqual(monday + 42 * dayMs + 26 * hourMs + 45 * minuteMs);
      }),
    );
  });

  it('of a weekly job waits for its day', () => {
    const times = Array.from(
      { length: 8 },
      (_, week) => monday + week * weekMs + 6 * dayMs + 3 * hourMs + 5 * minuteMs,
    );
    const at = silentAfter(times, times.at(-1) ?? 0) ?? 0;
    expect(at).toBeGreaterThan(monday + 8 * weekMs + 6 * dayMs + 3 * hourMs);
  });

  it('stays quiet about itself: what goes on as before is silent hardly ever', () => {
    fc.assert(
      fc.property(fc.record(seeds), fc.constantFrom(2, 6, 10, 30, 120), ({ seed }, perHour) => {
        const times = poisson({ weeks: 12, perHour, seed });
        const until = monday + 8 * weekMs;
        const { limits } = learned(times.filter((time) => time < until));
        const later = times.filter((time) => time >= until);
        const told = later.filter((time, index) => {
          const next = later[index + 1];
          const at = silentAt({ limits, set: null }, new Date(time), tokyo);
          return next !== undefined && at !== null && at.getTime() < next;
        });
        expect(told.length).toBeLessThanOrEqual(2);
      }),
      { numRuns: 30 },
    );
  });

  it('of bursts at no time in particular waits for longer than they were ever apart', () => {
    fc.assert(
      fc.property(fc.record(seeds), ({ seed }) => {
        const random = dice(seed);
        const times: number[] = [];
        for (let at = monday; at < monday + 8 * weekMs; at += (6 + random() * 24) * hourMs)
          for (let line = 0; line < 200; line += 1) times.push(at + line * 20_000);
        const { basis } = learned(times);
        expect(basis).toBe('days');
        const last = times.at(-1) ?? 0;
        const waited = (silentAfter(times, last) ?? Infinity) - last;
        expect(waited).toBeGreaterThan(29 * hourMs);
        expect(waited).toBeLessThan(5 * dayMs);
      }),
      { numRuns: 20 },
    );
  });

  it('is changed little by an outage, and not by a holiday', () => {
    fc.assert(
      fc.property(
        fc.record(seeds),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        ({ seed }, day, hours) => {
          const times = poisson({ weeks: 8, perHour: 60, seed });
          const from = monday + day * dayMs;
          const broken = times.filter((time) => time < from || time >= from + hours * hourMs);
          const at = monday + 8 * weekMs + 3 * hourMs;
          const [whole, cut] = [times, broken].map((each) => (silentAfter(each, at) ?? Infinity) - at);
          expect(Math.abs((cut ?? 0) - (whole ?? 0))).toBeLessThanOrEqual(20 * minuteMs);
        },
      ),
      { numRuns: 20 },
    );
    const holidays = new Set([7, 8, 9, 10, 23]);
    const office = (ms: number): boolean => inOffice(ms) && !holidays.has(Math.floor((ms - monday) / dayMs));
    const noon = monday + 8 * weekMs + 12 * hourMs;
    expect(
      (silentAfter(poisson({ weeks: 8, perHour: 60, seed: 7, isOpen: office }), noon) ?? Infinity) - noon,
    ).toBeLessThan(hourMs);
  });

  it('of a young stream is none, unless it never rested', () => {
    fc.assert(
      fc.property(fc.record(seeds), fc.integer({ min: 1, max: 8 }), ({ seed }, days) => {
        const office = poisson({ weeks: 2, perHour: 60, seed, isOpen: inOffice }).filter(
          (time) => time < monday + days * dayMs,
        );
        expect(learned(office).limits.some((limit) => limit > 0)).toBe(false);
      }),
    );
    expect(learned([monday, monday + 5 * minuteMs, monday + 40 * minuteMs]).basis).toBe('none');
    expect(learnRhythm([], tokyo).basis).toBe('none');
    const two = poisson({ weeks: 1, perHour: 120, seed: 5 }).filter((time) => time < monday + 2 * dayMs);
    expect(learned(two).basis).toBe('always');
  });

  it('gives way to what somebody set', () => {
    const limits = learned(poisson({ weeks: 4, perHour: 600, seed: 3 })).limits;
    const last = new Date(monday);
    const after = (minutes: number): Date => new Date(monday + minutes * minuteMs);
    expect(silentAt({ limits, set: { kind: 'minutes', minutes: 240 } }, last, tokyo)).toEqual(after(240));
    expect(silentAt({ limits, set: { kind: 'retired', setAt: after(1) } }, last, tokyo)).toBeNull();
    expect(silentAt({ limits, set: { kind: 'retired', setAt: after(-1) } }, last, tokyo)).not.toBeNull();
  });
});

it('tells the hours of a week by the zone, summer time and half hours included', () => {
  expect(tokyo(monday / hourMs)).toBe(0);
  expect(tokyo(monday / hourMs + 167)).toBe(167);
  const berlin = weekSlots('Europe/Berlin');
  const [summer, winter] = [Date.UTC(2026, 6, 6, 7), Date.UTC(2026, 11, 7, 8)];
  expect([berlin(summer / hourMs), berlin(winter / hourMs)]).toEqual([9, 9]);
  expect(weekSlots('Asia/Kolkata')(Date.UTC(2026, 6, 6, 4) / hourMs)).toBe(9);
  expect(weekSlots('No/Where')(Date.UTC(2026, 6, 6, 4) / hourMs)).toBe(4);
});
