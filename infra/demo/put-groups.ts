import type { TenantDatabase } from '@akashi/database';
import type { DemoOrganisation } from './organisations.ts';

/** Makes the organisation's access groups with their people and grants. What is there already stays as it is. */
export async function putGroups(database: TenantDatabase, organisation: DemoOrganisation): Promise<void> {
  const present = await database.accessGroups.list();
  const people = await database.users.list();
  for (const { name, description, owner, approvedBy, grants } of organisation.groups) {
    if (present.some((group) => group.name === name)) continue;
    const ownerId = people.find(({ email }) => email === owner)?.id ?? null;
    const groupId = await database.accessGroups.create({ name, description, ownerId });
    if (groupId === null) continue;
    for (const { email, groups } of organisation.people) {
      const userId = people.find((person) => person.email === email)?.id;
      if (userId === undefined || !groups.includes(name)) continue;
      await database.accessGroups.addMember({ groupId, userId, by: null });
    }
    for (const { logGroups, logStreams } of grants) {
      await database.accessGrants.create({
        groupId,
        logGroups: [...logGroups],
        logStreams: [...logStreams],
        sources: [],
        rowFilter: null,
        hiddenFields: [],
        validTo: null,
        reason: description,
        approvedBy,
        createdBy: null,
      });
    }
  }
}
