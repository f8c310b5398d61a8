'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { cancelReportRun, readReportRun, type ReportRun } from '../api-client/report-runs.ts';
import { ApiProblem } from '../api-client/api-problem.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Page } from '../frame/page.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { BackToRuns } from './back-to-runs.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunFiles } from './run-files.tsx';
import { RunLooks } from './run-looks.tsx';
import { RunProgress } from './run-progress.tsx';
import { RunRows } from './run-rows.tsx';
import { isUnderWay, RunState } from './run-state.tsx';
import { RunSummary } from './run-summary.tsx';

const askMilliseconds = 2_000;
/** The line with the hashes is sealed with the next block. */
const sealingMilliseconds = 20_000;

/** One run: what it is of, what stands out, its rows, and the files that are kept of it. */
export function RunPage({ id }: { id: string }) {
  const t = useTranslations('runs');
  const inLanguage = useInLanguage();
  const run = useQuery({
    queryKey: ['report-run', id],
    queryFn: ({ signal }) => readReportRun(id, signal),
    refetchInterval: ({ state: { data } }) => {
      if (data === undefined) return false;
      if (isUnderWay(data)) return askMilliseconds;
      return data.state === 'done' && data.sealedAs === null ? sealingMilliseconds : false;
    },
    retry: false,
  });
  const { data } = run;
  const isGone = run.error instanceof ApiProblem && (run.error.status === 404 || run.error.status === 400);
  return (
    <Page
      title={data === undefined ? t('one') : inLanguage(data.title)}
      {...(data === undefined ? {} : { status: <RunState run={data} /> })}
      actions={data !== undefined && <Actions run={data} />}
    >
      <BackToRuns />
      {isGone ? (
        <EmptyState title={t('goneTitle')} text={t('goneText')} />
      ) : (
        <Answer of={run} what="reportRun">
          {(found) => (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
              <RunFacts run={found} />
              {found.state === 'done' ? <Done run={found} /> : <RunProgress run={found} />}
            </div>
          )}
        </Answer>
      )}
    </Page>
  );
}

function Done({ run }: { run: ReportRun }) {
  return (
    <>
      <RunSummary run={run} />
      <RunRows run={run} />
      <RunFiles run={run} />
      <RunLooks looks={run.openedBy} />
    </>
  );
}

function Actions({ run }: { run: ReportRun }) {
  const t = useTranslations('runs');
  const session = useSession();
  const client = useQueryClient();
  const notify = useNotify();
  const [asked, setAsked] = useState(false);
  const mayCancel = isUnderWay(run) && run.kind === 'by-hand' && mayDo(session, 'reports.run');
  return (
    <>
      {run.state === 'done' && (
        <Button className="control" onPress={() => window.print()}>
          <Printer size={16} aria-hidden />
          {t('print')}
        </Button>
      )}
      {mayCancel && (
        <Button className="control" onPress={() => setAsked(true)}>
          {t('cancel')}
        </Button>
      )}
      {asked && (
        <ConfirmDialog
          title={t('cancelTitle')}
          action={t('cancel')}
          problemWords={{ conflict: t('overBefore') }}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            try {
              await cancelReportRun(run.id);
            } finally {
              await Promise.all(
                ['report-run', 'report-runs'].map((key) => client.invalidateQueries({ queryKey: [key] })),
              );
            }
            notify({ text: t('cancelled') });
          }}
        >
          <p>{t('cancelText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
