import { tenantId, type Database } from '@akashi/database';
import { dutyDefinitions, dutyPlace, firstPeriod, scheduleOf, type DutyName } from '@akashi/policy';
import { storyZone } from './story/story-time.ts';

/**
 * Lets the daily review and the daily report of clocks begin on a day of the story: from then on the worker makes each day's as
 * it makes every other one, and calls missed what nobody submits.
 */
export async function planPastDuties(
  { platform }: Pick<Database, 'platform'>,
  organisation: { readonly id: string },
  now: Date,
): Promise<void> {
  const planned = (duty: DutyName, owner: string | null) => {
    const definition = dutyDefinitions({ verifyEveryMinutes: 60 })[duty];
    const place = dutyPlace(definition, { duty, owner: owner ?? 'installation', timeZone: storyZone });
    const { name, dueAt } = firstPeriod({ ...definition, first: 'at-once' }, place, now);
    const lateAt = new Date(dueAt.getTime() + definition.lateAfterMinutes * 60_000);
    const schedule = scheduleOf(definition);
    return { tenantId: owner === null ? null : tenantId(owner), duty, period: name, schedule, dueAt, lateAt };
  };
  await platform.dutyRuns.plan([
    planned('daily-review', organisation.id),
    planned('time-report', organisation.id),
    planned('review-reminders', null),
  ]);
}
