import type { VerificationProgress } from '@akashi/database';

/** Nothing was looked at yet. */
export const noProgress: Omit<VerificationProgress, 'updatedAt'> = {
  checkedBlocks: 0,
  passStartedAt: null,
  passCursor: null,
  passDone: 0,
  passTotal: 0,
  wholePassStartedAt: null,
  wholePassFinishedAt: null,
  passDueAt: null,
};
