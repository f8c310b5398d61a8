'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { RunsView } from '../report-runs/runs-view.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { NotPermitted } from '../states/not-permitted.tsx';
import { Answer } from '../states/answer.tsx';
import { ReportsList } from './reports-list.tsx';
import { useReports } from '../report-words/use-reports.ts';

const tabs = ['list', 'runs'] as const;

/** The eleven reports of the daily review and the organisation's own; and what was made of them. */
export function ReportsPage() {
  const t = useTranslations('reports');
  const session = useSession();
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('list'));
  if (!mayDo(session, 'reports.read')) {
    return (
      <Page title={t('title')}>
        <NotPermitted />
      </Page>
    );
  }
  return (
    <Page title={t('title')} actions={mayDo(session, 'reports.manage') && <NewReport />}>
      <TabPages
        label={t('title')}
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={[
          { id: 'list', label: t('tabs.list'), content: () => <List /> },
          { id: 'runs', label: t('tabs.runs'), content: () => <RunsView report={null} /> },
        ]}
      />
    </Page>
  );
}

function NewReport() {
  const t = useTranslations('reports');
  return (
    <Link href="/reports/new" className="control">
      <Plus size={16} aria-hidden />
      {t('create')}
    </Link>
  );
}

function List() {
  const reports = useReports();
  return (
    <Answer of={reports} what="reports">
      {(items) => <ReportsList reports={items} />}
    </Answer>
  );
}
