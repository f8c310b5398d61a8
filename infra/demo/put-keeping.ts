import type { TenantDatabase } from '@akashi/database';
import type { DemoOrganisation } from './organisations.ts';

const noTrail = (): Promise<void> => Promise.resolve();

/** Gives the organisation's log groups their retention and its logs their legal holds. What is there already stays as it is. */
export async function putKeeping(
  { retentionPolicies, legalHolds, users }: TenantDatabase,
  { retention, holds }: Pick<DemoOrganisation, 'retention' | 'holds'>,
  at: Date,
): Promise<void> {
  for (const { logGroups, ...policy } of retention) {
    if (!(await retentionPolicies.create(policy))) continue;
    for (const logGroup of logGroups) await retentionPolicies.assign(logGroup, policy.name);
  }
  if (holds.length === 0 || (await legalHolds.list()).length > 0) return;
  const people = await users.list();
  for (const { by, days, reason, logGroups } of holds) {
    const createdBy = people.find(({ email }) => email === by)?.id;
    if (createdBy === undefined) throw new Error(`${by} is nobody of the organisation`);
    const hold = { reason, logGroups: [...logGroups], personId: null, personName: null };
    const period = { from: at, to: new Date(at.getTime() + days * 86_400_000) };
    await legalHolds.create({ ...hold, ...period, createdBy }, noTrail);
  }
}
