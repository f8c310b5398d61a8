import { describe, expect, it } from 'vitest';
import type { Area } from '../api-client/areas.ts';
import { areaProblems, draftOfArea, inputOfArea, newArea, riskState } from './area-draft.ts';

const area: Area = {
  id: '01990000-0000-7000-8000-000000000001',
  name: 'DB',
  category: 'other',
  logGroups: ['db', 'db-*'],
  logStreams: ['audit'],
  sources: [],
  hosts: ['db01'],
  frequency: 'week',
  riskAnalysis: 'RA-7',
  riskReviewedOn: '2026-02-01',
  reviewers: ['01990000-0000-7000-8000-00000000000a'],
  approvers: [],
  hours: { days: [1, 2], fromMinute: 480, untilMinute: 1200 },
  isEnded: false,
  riskDueOn: '2027-02-01',
  createdAt: '2026-01-01T00:00:00.000Z',
  changedAt: '2026-01-01T00:00:00.000Z',
};

describe('an area', () => {
  it('is saved as it was', () => {
    const { id: _, isEnded: _ended, riskDueOn: _due, createdAt: _made, changedAt: _changed, ...input } = area;
    expect(inputOfArea(draftOfArea(area))).toEqual(input);
  });

  it('of what PCI DSS 10.4.1 names is reviewed daily, without a risk analysis', () => {
    const input = inputOfArea({ ...draftOfArea(area), category: 'critical-systems' });
    expect(input.frequency).toBe('day');
    expect(input).not.toHaveProperty('riskAnalysis');
    expect(input).not.toHaveProperty('riskReviewedOn');
  });

  it('needs a risk analysis with its day where it is not reviewed daily', () => {
    const draft = { ...newArea(), category: 'other', frequency: 'month' } as const;
    expect(areaProblems(draft)).toEqual({ hours: false, riskAnalysis: true, riskReviewedOn: true });
    expect(areaProblems({ ...draft, frequency: 'day' }).riskAnalysis).toBe(false);
    expect(areaProblems(draftOfArea(area))).toEqual({ hours: false, riskAnalysis: false, riskReviewedOn: false });
  });

  it('takes names that are parted by lines, commas and white space', () => {
    expect(inputOfArea({ ...newArea(['a', 'b']), hosts: 'web01, web02、web03' })).toMatchObject({
      logGroups: ['a', 'b'],
      hosts: ['web01', 'web02', 'web03'],
      logStreams: [],
    });
  });
});

describe('a risk analysis', () => {
  it.each([
    [undefined, 'none'],
    ['2026-11-29', 'overdue'],
    ['2026-11-30', 'soon'],
    ['2026-12-30', 'soon'],
    ['2026-12-31', 'current'],
  ])('that is due on %s is %s', (day, state) => {
    expect(riskState(day, '2026-11-30')).toBe(state);
  });
});
