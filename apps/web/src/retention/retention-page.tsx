'use client';

import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { lazy, Suspense } from 'react';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { NotPermitted } from '../states/not-permitted.tsx';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import { StandingView } from './standing-view.tsx';

const PoliciesView = lazy(() => import('./policies-view.tsx'));
const HoldsView = lazy(() => import('../legal-holds/holds-view.tsx'));
const DeletionsView = lazy(() => import('../deletions/deletions-view.tsx'));
const RestoresView = lazy(() => import('../restores/restores-view.tsx'));

const tabs = ['standing', 'policies', 'holds', 'deletions', 'restores'] as const;
type TabId = (typeof tabs)[number];

/** How long logs are kept, what holds them, what was disposed of, and what is restored. */
export function RetentionPage() {
  const t = useTranslations('retention');
  const session = useSession();
  const reads = mayDo(session, 'retention.read');
  // Who searches logs sees the sets that are restored of them, whatever else of the page is theirs.
  const shown = tabs.filter((id) => (id === 'restores' ? mayDo(session, 'logs.search') : reads));
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabs).withDefault('standing').withOptions({ history: 'push' }),
  );
  const open = shown.includes(tab) ? tab : shown[0];
  return (
    <Page title={t('title')}>
      {open === undefined ? (
        <NotPermitted />
      ) : (
        <TabPages
          label={t('title')}
          value={open}
          onChange={(next) => void setTab(next)}
          tabs={shown.map((id) => ({
            id,
            label: t(`tabs.${id}`),
            content: () => <Suspense fallback={<TableSkeleton />}>{contentOf(id)}</Suspense>,
          }))}
        />
      )}
    </Page>
  );
}

function contentOf(id: TabId) {
  if (id === 'policies') return <PoliciesView />;
  if (id === 'holds') return <HoldsView />;
  if (id === 'deletions') return <DeletionsView />;
  if (id === 'restores') return <RestoresView />;
  return <StandingView />;
}
