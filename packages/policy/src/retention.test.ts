import { expect, it } from 'vitest';
import {
  defaultRetention,
  isLower,
  isRetentionPolicyName,
  keepUntilUs,
  meetsFloors,
  refuseRetention,
} from './retention.ts';

it('keeps twelve months, three of them online, and never less (PCI DSS 10.5.1)', () => {
  expect(defaultRetention).toEqual({ onlineDays: 90, keptDays: 365 });
  expect(refuseRetention(defaultRetention)).toBeUndefined();
  expect(refuseRetention({ onlineDays: 180, keptDays: 3650 })).toBeUndefined();
  expect(refuseRetention({ onlineDays: 90, keptDays: null })).toBeUndefined();
  const requirement = 'pci:4.0.1:10.5.1';
  const tooShortOnline = { code: 'below-floor', field: 'onlineDays', floor: 90, requirement };
  expect(refuseRetention({ onlineDays: 89, keptDays: 365 })).toEqual(tooShortOnline);
  const tooShortKept = { code: 'below-floor', field: 'keptDays', floor: 365, requirement };
  expect(refuseRetention({ onlineDays: 90, keptDays: 364 })).toEqual(tooShortKept);
});

it('refuses what cannot be meant', () => {
  expect(refuseRetention({ onlineDays: 400, keptDays: 365 })).toEqual({ code: 'online-beyond-kept' });
  for (const onlineDays of [Number.NaN, 90.5, -1, 0, 40_000])
    expect(refuseRetention({ onlineDays, keptDays: null })).toEqual({ code: 'not-whole-days', field: 'onlineDays' });
});

it('counts from the newest record', () => {
  const received = Date.parse('2026-11-30T00:00:00Z') * 1000;
  expect(keepUntilUs({ keptDays: 365 }, received)).toBe(Date.parse('2027-11-30T00:00:00Z') * 1000);
  expect(keepUntilUs({ keptDays: null }, received)).toBeNull();
});

it('knows a name of a policy', () => {
  for (const name of ['default', 'a', '7-years', 'x'.repeat(32)]) expect(isRetentionPolicyName(name), name).toBe(true);
  for (const name of ['', '-a', 'A', 'a_b', 'x'.repeat(33), 'a\n', '期間'])
    expect(isRetentionPolicyName(name), name).toBe(false);
});

it('lets log groups out of PCI scope have less, and nothing have less than a day', () => {
  const month = { onlineDays: 7, keptDays: 30 };
  expect(meetsFloors(month)).toBe(false);
  expect(meetsFloors({ onlineDays: 90, keptDays: null })).toBe(true);
  expect(refuseRetention(month)).toMatchObject({ code: 'below-floor', field: 'onlineDays' });
  expect(refuseRetention(month, { inScope: false })).toBeUndefined();
  const none = { onlineDays: 1, keptDays: 0 };
  expect(refuseRetention(none, { inScope: false })).toEqual({ code: 'not-whole-days', field: 'keptDays' });
});

it('knows what is lower', () => {
  const year = { onlineDays: 90, keptDays: 365 };
  const ever = { onlineDays: 90, keptDays: null };
  expect(isLower(year, ever)).toBe(false);
  expect(isLower(ever, year)).toBe(true);
  expect(isLower(year, year)).toBe(false);
  expect(isLower({ onlineDays: 180, keptDays: 365 }, { onlineDays: 90, keptDays: null })).toBe(true);
});
