import type {
  AccessGrantAnswer,
  AccessGrantsAnswer,
  AccessGroupAnswer,
  AccessGroupsAnswer,
  AccessGroupValues,
  AccessPreview,
  AccessPreviewRequest,
  GroupMembersAnswer,
  LogGroupReaders,
  LogGroupsAnswer,
  MemberAccess,
  NewGrant,
  OwnAccess,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type AccessGroup = AccessGroupAnswer;
export type AccessGrant = AccessGrantAnswer;
export type GroupMember = GroupMembersAnswer['items'][number];

export async function readAccessGroups(signal: AbortSignal): Promise<AccessGroup[]> {
  return (await callApi<AccessGroupsAnswer>({ path: '/v1/access-groups', signal })).items;
}

export function createAccessGroup(values: AccessGroupValues): Promise<AccessGroup> {
  return callApi({ method: 'POST', path: '/v1/access-groups', body: values });
}

export function changeAccessGroup(id: string, values: AccessGroupValues): Promise<AccessGroup> {
  return callApi({ method: 'PUT', path: groupPath(id), body: values });
}

export function removeAccessGroup(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: groupPath(id) });
}

export async function readGroupMembers(id: string, signal: AbortSignal): Promise<GroupMember[]> {
  return (await callApi<GroupMembersAnswer>({ path: `${groupPath(id)}/members`, signal })).items;
}

export function addGroupMember(id: string, member: { userId: string; approvedBy?: string }): Promise<unknown> {
  return callApi({ method: 'POST', path: `${groupPath(id)}/members`, body: member });
}

export function removeGroupMember(id: string, userId: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `${groupPath(id)}/members/${encodeURIComponent(userId)}` });
}

export async function readGrants(id: string, signal: AbortSignal): Promise<AccessGrant[]> {
  return (await callApi<AccessGrantsAnswer>({ path: `${groupPath(id)}/grants`, signal })).items;
}

export function createGrant(id: string, grant: Partial<NewGrant>): Promise<AccessGrant> {
  return callApi({ method: 'POST', path: `${groupPath(id)}/grants`, body: grant });
}

export function revokeGrant(id: string, grantId: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `${groupPath(id)}/grants/${encodeURIComponent(grantId)}/revoke` });
}

export function readLogGroupReaders(logGroup: string, signal: AbortSignal): Promise<LogGroupReaders> {
  return callApi({ path: `/v1/access/log-groups/${encodeURIComponent(logGroup)}/readers`, signal });
}

export function readMemberAccess(userId: string, signal: AbortSignal): Promise<MemberAccess> {
  return callApi({ path: `/v1/access/members/${encodeURIComponent(userId)}`, signal });
}

export function previewAsMember(
  input: Pick<AccessPreviewRequest, 'query' | 'from' | 'to'> & { userId: string },
  signal: AbortSignal,
): Promise<AccessPreview> {
  const { userId, ...body } = input;
  return callApi({ method: 'POST', path: `/v1/access/members/${encodeURIComponent(userId)}/preview`, body, signal });
}

/** What is granted to oneself; for those who set things up, what has arrived as well. */
export function readOwnAccess(signal: AbortSignal): Promise<OwnAccess> {
  return callApi({ path: '/v1/access/own', signal });
}

/**
 * Names of the log groups that the reader may know of, for choosing from and for trying patterns on: those who manage
 * access give it to what they do not see themselves.
 */
export async function readLogGroupNames(signal: AbortSignal): Promise<string[]> {
  const [{ items }, own] = await Promise.all([
    callApi<LogGroupsAnswer>({ path: '/v1/log-groups', signal }),
    readOwnAccess(signal),
  ]);
  const names = [...items.map(({ name }) => name), ...(own.received ?? []).map(({ name }) => name)];
  return [...new Set(names)].toSorted();
}

function groupPath(id: string): string {
  return `/v1/access-groups/${encodeURIComponent(id)}`;
}
