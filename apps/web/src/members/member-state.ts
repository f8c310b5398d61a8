import type { Member } from '../api-client/members.ts';

export type MemberState = 'active' | 'never' | 'ended' | 'disabled';

/** Where an account stands at a moment: an end of access that has passed counts like a disabled account. */
export function memberState(
  member: Pick<Member, 'disabledAt' | 'accessUntil' | 'lastSignInAt'>,
  now: number,
): MemberState {
  if (member.disabledAt !== null) return 'disabled';
  if (member.accessUntil !== null && Date.parse(member.accessUntil) <= now) return 'ended';
  return member.lastSignInAt === null ? 'never' : 'active';
}
