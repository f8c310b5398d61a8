import { tenantId, type Database } from '@akashi/database';
import {
  dutiesOfPast,
  dutyDefinitions,
  dutyPlace,
  firstPeriod,
  installationDuties,
  scheduleOf,
  type DutyName,
} from '@akashi/policy';
import { storyZone } from './story/story-time.ts';

/**
 * Lets the duties of a past begin on a day of the story: from then on the worker makes each day's review and report of clocks as
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
  const ofInstallation = new Set<DutyName>(installationDuties);
  await platform.dutyRuns.plan(
    dutiesOfPast.map((duty) => planned(duty, ofInstallation.has(duty) ? null : organisation.id)),
  );
}
