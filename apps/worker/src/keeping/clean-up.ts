import type { Database } from '@akashi/database';
import type { DutyDefinition } from '@akashi/policy';

const dayMs = 86_400_000;
/** Longer than the longest lock that an organisation can set. */
const failuresKeptMs = 2 * dayMs;
const batch = 10_000;

export interface CleanUpParts {
  readonly database: { readonly platform: Pick<Database['platform'], 'signInFailures' | 'dutyRuns'> };
  readonly definitions: Readonly<Record<string, DutyDefinition>>;
  readonly now: () => Date;
}

/** Removes what is kept for a time only: failed sign-ins that lock nothing any more, and ended runs of duties. */
export async function cleanUp({ database, definitions, now }: CleanUpParts): Promise<void> {
  const { signInFailures, dutyRuns } = database.platform;
  await signInFailures.removeOlderThan(failuresKeptMs);
  for (const [duty, { keptDays }] of Object.entries(definitions)) {
    const before = new Date(now().getTime() - keptDays * dayMs);
    let removed: number;
    do removed = await dutyRuns.removeEnded({ duty, before, limit: batch });
    while (removed === batch);
  }
}
