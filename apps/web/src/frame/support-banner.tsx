'use client';

import type { Session } from '@akashi/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect } from 'react';
import { Button } from 'react-aria-components';
import { callApi } from '../api-client/call-api.ts';
import { useNotify } from '../forms/notices.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Moment } from '../time/moment.tsx';
import { openSupportSession, type SupportSession } from '../api-client/support-session.ts';
import { useOperatorAccesses } from '../session/use-operator-accesses.ts';
import { useSupportSession } from '../session/use-support-session.ts';

const askMilliseconds = 60_000;

/** On every page while somebody of the installation may look in, and for that somebody while they do. */
export function SupportBanner() {
  const session = useSession();
  const support = useSupportSession();
  const current = useQuery({
    queryKey: ['session', 'support-access'],
    queryFn: async ({ signal }) =>
      (await callApi<Session>({ path: '/v1/session', background: true, signal })).supportAccess,
    initialData: session.supportAccess,
    staleTime: askMilliseconds,
    refetchInterval: askMilliseconds,
  });
  if (support !== null) return <OperatorBanner support={support} />;
  if (current.data.length === 0) return null;
  return <OrganisationBanner accesses={current.data} maySee={mayDo(session, 'support-access.manage')} />;
}

function OrganisationBanner({ accesses, maySee }: { accesses: Session['supportAccess']; maySee: boolean }) {
  const t = useTranslations('support.banner');
  return (
    <div role="status" className={bannerStyle}>
      <Eye size={16} aria-hidden className="mt-[3px] shrink-0" />
      <ul className="min-w-0 flex-1">
        {accesses.map((access, index) => (
          <li key={index}>
            {t.rich('inForce', {
              operator: access.operator,
              purpose: access.purpose,
              at: () => <Moment at={access.endsAt} />,
            })}
          </li>
        ))}
      </ul>
      {maySee && (
        <Link href="/settings?tab=support" className="text-accent underline underline-offset-2">
          {t('settings')}
        </Link>
      )}
    </div>
  );
}

function OperatorBanner({ support }: { support: SupportSession }) {
  const t = useTranslations('support.banner');
  const locale = useLocale();
  const router = useRouter();
  const client = useQueryClient();
  const notify = useNotify();
  const accesses = useOperatorAccesses();
  const tenant = locale === 'ja' ? support.tenantNameJa : support.tenantNameEn;
  const isListed = accesses.data?.some(({ id, state }) => id === support.id && state === 'current') ?? true;
  const isOver = support.isOver || !isListed;
  const leave = useCallback(() => {
    openSupportSession(null);
    // Nothing of the other organisation stays in memory.
    client.clear();
    router.push('/platform?tab=support');
  }, [client, router]);
  useEffect(() => {
    if (!isOver) return;
    leave();
    notify({ text: t('ended', { tenant }) });
  }, [isOver, leave, notify, t, tenant]);
  return (
    <div role="status" className={bannerStyle}>
      <Eye size={16} aria-hidden className="mt-[3px] shrink-0" />
      <p className="min-w-0 flex-1">
        {t.rich('reading', {
          tenant,
          at: () => <Moment at={support.endsAt} />,
        })}
      </p>
      <Button className="control control-small" onPress={leave}>
        {t('leave')}
      </Button>
    </div>
  );
}

const bannerStyle =
  'flex flex-wrap items-start gap-2 border-b border-line border-l-4 border-l-attention bg-sunken px-3 py-1.5 font-medium';
