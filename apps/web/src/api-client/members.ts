import type {
  InvitationAnswer,
  InvitationsAnswer,
  Member,
  MemberChange,
  MemberDisabled,
  MembersAnswer,
  NewInvitationRequest,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { Member, NewInvitationRequest };
export type Invitation = InvitationAnswer;

export function readMembers(signal: AbortSignal): Promise<MembersAnswer> {
  return callApi({ path: '/v1/members', signal });
}

export function changeMember(id: string, change: MemberChange): Promise<Member> {
  return callApi({ method: 'PATCH', path: `/v1/members/${id}`, body: change });
}

export function disableMember(id: string, reason: string): Promise<MemberDisabled> {
  return callApi({ method: 'POST', path: `/v1/members/${id}/disable`, body: { reason } });
}

export function enableMember(id: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `/v1/members/${id}/enable` });
}

/** The account gets a mail with a link to a new password and new factors. */
export function resetMember(id: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `/v1/members/${id}/reset` });
}

export async function readInvitations(signal: AbortSignal): Promise<Invitation[]> {
  return (await callApi<InvitationsAnswer>({ path: '/v1/members/invitations', signal })).items;
}

export function invite(invitation: NewInvitationRequest): Promise<Invitation> {
  return callApi({ method: 'POST', path: '/v1/members/invitations', body: invitation });
}

export function resendInvitation(id: string): Promise<Invitation> {
  return callApi({ method: 'POST', path: `/v1/members/invitations/${id}/resend` });
}

export function revokeInvitation(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: `/v1/members/invitations/${id}` });
}
