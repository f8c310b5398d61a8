import { expect, it } from 'vitest';
import { defaultRetention, isRetentionPolicyName, keepUntilUs, refuseRetention } from './retention.ts';

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
  for (const onlineDays of [Number.NaN, 90.5, -1, 40_000])
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
