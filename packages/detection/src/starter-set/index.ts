import { accountRules } from './account-rules.ts';
import { logAndTimeRules } from './log-and-time-rules.ts';
import { signInRules } from './sign-in-rules.ts';
import type { StarterRule } from './starter-rule.ts';
import { systemRules } from './system-rules.ts';

export type { StarterRule } from './starter-rule.ts';

/** What an organisation with cards may begin with: rules for Requirement 10 and what its logs show of the others. */
export const starterRules: readonly StarterRule[] = [
  ...signInRules,
  ...accountRules,
  ...logAndTimeRules,
  ...systemRules,
];
