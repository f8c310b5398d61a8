'use client';

import type { Member, MembersAnswer } from '@akashi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { callApi } from '../api-client/call-api.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

export interface People {
  list: readonly Member[];
  /** The person's name. For those who may not know who it is, that it is another person; of a person who is gone, the id's first letters. */
  nameOf: (id: string | null) => string;
  /** The name of whoever has this address, which is what is kept of an approval; the address where nobody has it now. */
  nameOfEmail: (email: string) => string;
}

/** The organisation's people, for names beside ids and for choosing somebody. Oneself alone for those who may not list them. */
export function usePeople(): People {
  const session = useSession();
  const mayKnow = mayDo(session, 'members.read');
  const otherPerson = useTranslations('access')('otherPerson');
  const { data } = useQuery({
    queryKey: ['members'],
    queryFn: ({ signal }) => callApi<MembersAnswer>({ path: '/v1/members', signal }),
    staleTime: 60_000,
    enabled: mayKnow,
  });
  const { id: ownId, name: ownName } = session.user;
  return useMemo(() => {
    const list = data?.items ?? [];
    const names = new Map([[ownId, ownName], ...list.map(({ id, name, email }) => [id, name || email] as const)]);
    const unknown = (id: string) => (mayKnow ? id.slice(0, 8) : otherPerson);
    const byEmail = new Map(list.map(({ email, name }) => [email, name || email]));
    return {
      list,
      nameOf: (id) => (id === null ? '–' : (names.get(id) ?? unknown(id))),
      nameOfEmail: (email) => byEmail.get(email) ?? email,
    };
  }, [data, ownId, ownName, mayKnow, otherPerson]);
}

/** Those who may approve access: other people than the one who grants it, as long as there are any. */
export function approversOf(people: readonly Member[], besides: string): Member[] {
  const approvers = people.filter(
    ({ role, disabledAt }) => disabledAt === null && (role === 'approver' || role === 'tenant-admin'),
  );
  const others = approvers.filter(({ id }) => id !== besides);
  return others.length === 0 ? approvers : others;
}
