import type { AreaValues } from '@akashi/database';
import { riskAnalysisDueOn } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { expect, it } from 'vitest';
import { refuseArea } from './refuse-area.ts';

const now = new Date('2026-11-30T20:00:00Z');
const area: AreaValues = {
  name: 'x',
  category: 'other',
  logGroups: ['*'],
  logStreams: [],
  sources: [],
  hosts: [],
  frequency: 'month',
  riskAnalysis: 'RA-1',
  riskReviewedOn: '2026-11-30',
  reviewers: [],
  approvers: [],
  hours: null,
};

function refusal(change: Partial<AreaValues>): string | null {
  try {
    refuseArea({ ...area, ...change }, { people: [{ id: 'a', role: 'approver' }], now });
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : 'another';
  }
}

it('takes what PCI DSS names daily, and the rest as its risk analysis says', () => {
  const daily = { frequency: 'day', riskAnalysis: null, riskReviewedOn: null };
  for (const category of ['security-events', 'card-data-systems', 'critical-systems', 'security-functions']) {
    expect(refusal({ ...daily, category }), category).toBeNull();
    expect(refusal({ category }), category).toBe('setting-too-weak');
  }
  expect([refusal(daily), refusal({}), refusal({ frequency: 'week' })]).toEqual([null, null, null]);
  expect([refusal({ riskAnalysis: null }), refusal({ riskReviewedOn: null })]).toEqual([
    'request-invalid',
    'request-invalid',
  ]);
});

it('takes a day of today anywhere on earth, and none that is yet to come', () => {
  expect([refusal({ riskReviewedOn: '2026-12-01' }), refusal({ riskReviewedOn: '2026-12-02' })]).toEqual([
    null,
    'request-invalid',
  ]);
});

it('takes people who may do what it asks of them', () => {
  expect([refusal({ reviewers: ['a'], approvers: ['a'] }), refusal({ reviewers: ['a', 'b'] })]).toEqual([
    null,
    'request-invalid',
  ]);
});

it('has the analysis due a year later, of a leap day the day before', () => {
  expect(['2026-11-30', '2024-02-29', '2023-02-28'].map(riskAnalysisDueOn)).toEqual([
    '2027-11-30',
    '2025-02-28',
    '2024-02-28',
  ]);
});
