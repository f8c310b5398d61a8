'use client';

import { listsClocks } from '@akashi/report';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { resetReport, type Report } from '../api-client/reports.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Page } from '../frame/page.tsx';
import { RunDialog } from '../report-runs/run-dialog.tsx';
import { RunsView } from '../report-runs/runs-view.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { BackToReports } from './back-to-reports.tsx';
import { DefinitionFacts } from './definition-facts.tsx';
import { OriginWord } from '../report-words/report-words.tsx';
import { useInLanguage, useReports } from '../report-words/use-reports.ts';

/** One report: its definition, and what was made by it. */
export function ReportPage({ id }: { id: string }) {
  const t = useTranslations('reports');
  const inLanguage = useInLanguage();
  const reports = useReports();
  const report = reports.data?.find((each) => each.id === id);
  return (
    <Page
      title={report === undefined ? t('one') : inLanguage(report.title)}
      {...(report === undefined ? {} : { status: <OriginWord report={report} /> })}
      actions={report !== undefined && <Actions report={report} />}
    >
      <BackToReports />
      <Answer of={reports} what="reports">
        {() =>
          report === undefined ? (
            <EmptyState title={t('goneTitle')} text={t('goneText')} />
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
              <p className="-mb-4 max-w-[72ch]">{inLanguage(report.purpose)}</p>
              <DefinitionFacts report={report} />
              <section aria-labelledby="report-runs">
                <h2 id="report-runs" className="mb-3 font-medium">
                  {t('tabs.runs')}
                </h2>
                <RunsView report={report.id} />
              </section>
            </div>
          )
        }
      </Answer>
    </Page>
  );
}

function Actions({ report }: { report: Report }) {
  const t = useTranslations('reports');
  const inLanguage = useInLanguage();
  const session = useSession();
  const client = useQueryClient();
  const router = useRouter();
  const notify = useNotify();
  const [dialog, setDialog] = useState<'run' | 'reset' | null>(null);
  // The rows of the time report are made by no condition that could be changed or copied.
  const mayManage = mayDo(session, 'reports.manage') && !listsClocks(report);
  const kind = report.isOwn ? 'end' : 'reset';
  return (
    <>
      {mayDo(session, 'reports.run') && (
        <Button className="control control-primary" onPress={() => setDialog('run')}>
          {t('actions.run')}
        </Button>
      )}
      {mayManage && (
        <>
          <Link href={`/reports/${report.id}/edit`} className="control">
            {t('actions.edit')}
          </Link>
          <Link href={`/reports/new?from=${report.id}`} className="control">
            {t('actions.copy')}
          </Link>
          {(report.isOwn || report.isChanged) && (
            <Button className="control text-bad" onPress={() => setDialog('reset')}>
              {t(`actions.${kind}`)}
            </Button>
          )}
        </>
      )}
      {dialog === 'run' && <RunDialog report={report} onClose={() => setDialog(null)} />}
      {dialog === 'reset' && (
        <ConfirmDialog
          title={t(`${kind}Title`, { title: inLanguage(report.title) })}
          action={t(`actions.${kind}`)}
          onClose={() => setDialog(null)}
          onConfirm={async () => {
            await resetReport(report.id);
            await client.invalidateQueries({ queryKey: ['reports'] });
            notify({ text: t(`${kind}Done`) });
            if (report.isOwn) router.push('/reports');
          }}
        >
          <p>{t(`${kind}Text`)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
