'use client';

import { useRef } from 'react';
import { addGroupMember, createAccessGroup, createGrant, readGroupMembers } from '../api-client/access.ts';
import { useSession } from '../session/session-context.tsx';

interface GrantToSelf {
  group: { readonly id: string } | { readonly name: string };
  logGroups: readonly string[];
  reason: string;
  approvedBy: string;
}

/** Makes the group if need be, grants it the log groups, and enters oneself. Tried again, it goes on where it failed. */
export function useGrantSelf(): (wanted: GrantToSelf) => Promise<void> {
  const { user } = useSession();
  const made = useRef<{ name: string; id: string } | null>(null);
  const granted = useRef<string | null>(null);
  return async ({ group, logGroups, reason, approvedBy }) => {
    const groupId = await idOf(group);
    const grant = JSON.stringify([groupId, logGroups]);
    if (granted.current !== grant) {
      await createGrant(groupId, { logGroups: [...logGroups], reason, approvedBy });
      granted.current = grant;
    }
    const members = await readGroupMembers(groupId, new AbortController().signal);
    if (!members.some(({ userId }) => userId === user.id))
      await addGroupMember(groupId, { userId: user.id, approvedBy });
  };

  async function idOf(group: GrantToSelf['group']): Promise<string> {
    if ('id' in group) return group.id;
    if (made.current?.name !== group.name) {
      const { id } = await createAccessGroup({ name: group.name, description: '', ownerId: user.id });
      made.current = { name: group.name, id };
    }
    return made.current.id;
  }
}
