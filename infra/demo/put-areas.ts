import type { TenantDatabase } from '@akashi/database';
import type { DemoOrganisation } from './organisations.ts';
import { hourMs } from './story/story-time.ts';

const noTrail = (): Promise<void> => Promise.resolve();

/** When the shop parted its one area by what people know: the evening before the last review of its past was made. */
export const areasPartedBeforeMs = 6 * hourMs;

/** Makes the organisation's areas in place of the one that it begins with. What is there already stays as it is. */
export async function putAreas(
  { areas, tenantId, users }: TenantDatabase,
  organisation: DemoOrganisation,
  at: Date,
): Promise<void> {
  const present = await areas.list();
  const people = await users.list();
  const idsOf = (addresses: readonly string[]): string[] =>
    people.filter(({ email }) => addresses.includes(email)).map(({ id }) => id);
  for (const { name, category, logStreams, reviewers, approvers } of organisation.areas) {
    if (present.some((area) => area.name === name)) continue;
    const values = {
      name,
      category,
      logGroups: ['*'],
      logStreams,
      sources: [],
      hosts: [],
      frequency: 'day',
      riskAnalysis: null,
      riskReviewedOn: null,
      reviewers: idsOf(reviewers),
      approvers: idsOf(approvers),
      hours: null,
    };
    await areas.create(values, at, noTrail);
    // The first area, of everything, has the organisation's id.
    await areas.end(tenantId, at, noTrail);
  }
}
