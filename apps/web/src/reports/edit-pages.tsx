'use client';

import { listsClocks } from '@akashi/report';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryStates } from 'nuqs';
import { changeReport, createReport } from '../api-client/reports.ts';
import { useNotify } from '../forms/notices.tsx';
import { Page } from '../frame/page.tsx';
import { guardCardNumbers } from '../query/card-guard.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { NotPermitted } from '../states/not-permitted.tsx';
import { BackToReports } from './back-to-reports.tsx';
import { DefinitionEditor } from './definition-editor.tsx';
import { copyOf, draftOf, newDraft } from './editor-state.ts';
import { useInLanguage, useReports } from '../report-words/use-reports.ts';

/** A report of one's own: empty, from a search, or as a copy of another. */
export function NewReportPage() {
  const t = useTranslations('reports');
  const router = useRouter();
  const client = useQueryClient();
  const notify = useNotify();
  const reports = useReports();
  const [{ from, q }] = useQueryStates({ from: parseAsString, q: parseAsString.withDefault('') });
  if (!mayDo(useSession(), 'reports.manage')) return <Refused />;
  return (
    <Page title={t('newTitle')}>
      <BackToReports />
      <Answer of={reports} what="reports">
        {(items) => {
          const copied = items.find(({ id }) => id === from);
          const query = guardCardNumbers(q) === null ? q : '';
          return (
            <DefinitionEditor
              key={copied?.id ?? ''}
              initial={
                copied === undefined
                  ? newDraft(query)
                  : copyOf(copied, { ja: (title) => `${title}（コピー）`, en: (title) => `${title} (copy)` })
              }
              action={t('create')}
              onCancel={() => router.push('/reports')}
              onSave={async (input) => {
                const { id } = await createReport(input);
                await client.invalidateQueries({ queryKey: ['reports'] });
                notify({ text: t('created') });
                router.push(`/reports/${id}`);
              }}
            />
          );
        }}
      </Answer>
    </Page>
  );
}

/** Another version of a report; of one of the eleven, the organisation's changed copy. */
export function EditReportPage({ id }: { id: string }) {
  const t = useTranslations('reports');
  const inLanguage = useInLanguage();
  const router = useRouter();
  const client = useQueryClient();
  const notify = useNotify();
  const reports = useReports();
  if (!mayDo(useSession(), 'reports.manage')) return <Refused />;
  const report = reports.data?.find((each) => each.id === id);
  return (
    <Page title={report === undefined ? t('one') : t('editTitle', { title: inLanguage(report.title) })}>
      <BackToReports />
      <Answer of={reports} what="reports">
        {() =>
          report === undefined || listsClocks(report) ? (
            <EmptyState title={t('goneTitle')} text={t('goneText')} />
          ) : (
            <>
              <p className="mb-6 max-w-[72ch] text-muted">{t(report.isOwn ? 'editOwn' : 'editStandard')}</p>
              <DefinitionEditor
                initial={draftOf(report)}
                action={t('save')}
                onCancel={() => router.push(`/reports/${id}`)}
                onSave={async (input) => {
                  const { version } = await changeReport(id, input);
                  await client.invalidateQueries({ queryKey: ['reports'] });
                  notify({ text: t('saved', { version }) });
                  router.push(`/reports/${id}`);
                }}
              />
            </>
          )
        }
      </Answer>
    </Page>
  );
}

function Refused() {
  const t = useTranslations('reports');
  return (
    <Page title={t('title')}>
      <NotPermitted />
    </Page>
  );
}
