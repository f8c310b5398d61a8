'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readAccessGroups, type AccessGroup } from '../api-client/access.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

export interface GroupNames {
  list: readonly AccessGroup[];
  /** False while the names are on their way, and for those who may not know them. */
  known: boolean;
  nameOf: (id: string) => string;
}

/** The organisation's access groups, for choosing from and for the names in rules. */
export function useGroupNames(): GroupNames {
  const t = useTranslations('identityProviders');
  const { data } = useQuery({
    queryKey: ['access-groups'],
    queryFn: ({ signal }) => readAccessGroups(signal),
    enabled: mayDo(useSession(), 'access.read'),
  });
  const list = data ?? [];
  return {
    list,
    known: data !== undefined,
    nameOf: (id) => list.find((group) => group.id === id)?.name ?? (data === undefined ? '…' : t('removedGroup')),
  };
}
