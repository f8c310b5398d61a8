'use client';

import { useQuery } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { callApi } from '../api-client/call-api.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo, type Session } from '../session/session.ts';

const askMilliseconds = 60_000;

/** How many incidents are not closed, on every page, for those who may see them. */
export function IncidentCount() {
  const t = useTranslations('frame');
  const session = useSession();
  const mayRead = mayDo(session, 'incidents.read');
  const { data: count } = useQuery({
    queryKey: ['open-incidents'],
    queryFn: async ({ signal }) =>
      (await callApi<Session>({ path: '/v1/session', signal, background: true })).openIncidents,
    initialData: session.openIncidents,
    staleTime: askMilliseconds,
    refetchInterval: askMilliseconds,
    enabled: mayRead,
    retry: false,
  });
  if (!mayRead) return null;
  return (
    <Link href="/incidents" aria-label={t('openIncidents', { count })} className="control control-quiet tabular-nums">
      <Bell size={16} aria-hidden />
      {count > 0 && <span className="font-medium text-bad">{count > 99 ? '99+' : count}</span>}
    </Link>
  );
}
