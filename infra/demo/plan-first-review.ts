import { openDatabase, tenantId } from '@akashi/database';
import { dutyDefinitions, dutyPlace, firstPeriod, scheduleOf } from '@akashi/policy';
import type { StoreUrls } from '../local/app-services.ts';
import type { Installation } from '../local/installation.ts';
import type { DemoFile } from './provision.ts';
import { storyZone } from './story/story-time.ts';

const duty = 'daily-review';

/**
 * Lets the review of the story's last full day be due at once: an organisation that has just been made would have its first one
 * a day later. The worker makes it as it makes every other one.
 */
export async function planFirstReview(
  { clock }: Pick<Installation, 'clock'>,
  { databaseUrl }: StoreUrls,
  { tenants }: DemoFile,
): Promise<void> {
  const [first] = tenants;
  if (first === undefined) return;
  const definition = dutyDefinitions({ verifyEveryMinutes: 60 })[duty];
  const place = dutyPlace(definition, { duty, owner: first.id, timeZone: storyZone });
  const { name, dueAt } = firstPeriod({ ...definition, first: 'at-once' }, place, clock.now());
  const lateAt = new Date(dueAt.getTime() + definition.lateAfterMinutes * 60_000);
  const run = { tenantId: tenantId(first.id), duty, period: name, schedule: scheduleOf(definition), dueAt, lateAt };
  const database = openDatabase({ url: databaseUrl, applicationName: 'akashi-story', maxConnections: 1 });
  try {
    await database.platform.dutyRuns.plan([run]);
  } finally {
    await database.close();
  }
}
