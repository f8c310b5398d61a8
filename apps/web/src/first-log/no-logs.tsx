'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import { useOwnAccess } from './use-own-access.ts';

interface NoLogsProps {
  /** What is shown when logs have arrived and some of them are granted to oneself. */
  children: ReactNode;
}

/** Nothing found because nothing has arrived, or because nothing is granted: says which, and what to do now. */
export function NoLogs({ children }: NoLogsProps) {
  const t = useTranslations('noLogs');
  const session = useSession();
  const own = useOwnAccess();
  if (own.isPending) return <TableSkeleton />;
  // An operator reads under a support access, which is no grant of their own.
  if (!own.data || session.user.role === 'platform-operator') return children;
  const { logGroups, anyReceived } = own.data;
  const maySetUp = mayDo(session, 'keys.manage') && mayDo(session, 'access.manage');
  if (anyReceived === false) {
    if (maySetUp)
      return <EmptyState title={t('nothingYet')} text={t('setUpText')} action={<Start>{t('start')}</Start>} />;
    const action = mayDo(session, 'keys.manage') && (
      <Link href="/sources?tab=keys" className="control control-primary">
        {t('toKeys')}
      </Link>
    );
    return <EmptyState title={t('nothingYet')} text={t('nothingYetText')} action={action} />;
  }
  if (logGroups.length > 0) return children;
  if (maySetUp)
    return <EmptyState title={t('noGrant')} text={t('noGrantSetUpText')} action={<Start>{t('grant')}</Start>} />;
  return <EmptyState title={t('noGrant')} text={t('noGrantText')} />;
}

function Start({ children }: { children: string }) {
  return (
    <Link href="/first-log" className="control control-primary">
      {children}
    </Link>
  );
}
