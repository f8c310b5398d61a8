import type { VerificationProgress } from '@akashi/database';
import { expect, it } from 'vitest';
import { blockCheckedAt, documentsCheckedAt, type CheckedTimes } from './checked-at.ts';

const hour = (of: number): Date => new Date(Date.UTC(2026, 10, 30, of));
const segmentAt = (of: number): string => {
  const hex = hour(of).getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};
const progress = (change: Partial<VerificationProgress>): VerificationProgress => ({
  checkedBlocks: 0,
  passStartedAt: null,
  passCursor: null,
  passDone: 0,
  passTotal: 0,
  wholePassStartedAt: null,
  wholePassFinishedAt: null,
  passDueAt: null,
  updatedAt: hour(0),
  ...change,
});
const nothing: CheckedTimes = { runs: [], hasEarlier: false, archive: null, index: null };

it('is the run that reached it first, and nothing before one did', () => {
  const runs = [
    { treeSize: 9, finishedAt: hour(3) },
    { treeSize: 5, finishedAt: hour(2) },
    { treeSize: 5, finishedAt: hour(1) },
  ];
  const of = (block: number, rest: Partial<CheckedTimes> = {}): Date | undefined =>
    documentsCheckedAt({ ...nothing, runs, ...rest }, { segmentId: segmentAt(0), block });
  expect(of(9)).toBeUndefined();
  expect(of(8)).toEqual(hour(3));
  expect(of(2)).toEqual(hour(1));
  expect(of(2, { hasEarlier: true })).toBeUndefined();
});

it('is the pass that went over it since, and the one before for what that has not come to yet', () => {
  const index = progress({
    passStartedAt: hour(20),
    passCursor: segmentAt(4),
    wholePassStartedAt: hour(10),
    wholePassFinishedAt: hour(19),
  });
  const of = (segmentId: string): Date | undefined =>
    documentsCheckedAt({ ...nothing, index }, { segmentId, block: 1 });
  expect(of(segmentAt(3))).toEqual(hour(20));
  expect(of(segmentAt(5))).toEqual(hour(10));
  expect(of(segmentAt(11))).toBeUndefined();
});

it('says the same of blocks by their numbers', () => {
  const archive = progress({ passStartedAt: hour(20), passCursor: '4', passTotal: 9, wholePassStartedAt: hour(10) });
  expect([3, 4, 9].map((block) => blockCheckedAt({ ...nothing, archive }, block))).toEqual([
    hour(20),
    hour(10),
    undefined,
  ]);
});
