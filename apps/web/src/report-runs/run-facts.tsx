'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ReportRun } from '../api-client/report-runs.ts';
import { explorerAddress } from '../query/url-state.ts';
import { DutyWord, RequirementNumbers } from '../report-words/report-words.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { effectiveText } from '../time-range/range-words.ts';
import { Moment } from '../time/moment.tsx';
import { useZone } from '../time/use-zone.tsx';

/** What, when, where, by which definition, by whom: what the cover of the document says. */
export function RunFacts({ run }: { run: ReportRun }) {
  const t = useTranslations('runs');
  const { zone } = useZone();
  const inLanguage = useInLanguage();
  const session = useSession();
  const mayVerify = mayDo(session, 'integrity.read');
  const mayReview = mayDo(session, 'reviews.read');
  const period = effectiveText({ from: Date.parse(run.from), to: Date.parse(run.to) }, zone);
  return (
    <dl className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-x-6 gap-y-2 border-y border-line py-3 print:grid-cols-3">
      <Fact name={t('columns.period')}>
        {run.day !== null && (
          <span className="block">
            {run.day}{' '}
            {mayReview && (
              <Link href={`/reviews/${run.day}`} className="text-accent underline underline-offset-2">
                {t('review')}
              </Link>
            )}
          </span>
        )}
        <span className={run.day === null ? '' : 'text-meta text-muted'}>{period}</span>
      </Fact>
      <Fact name={t('columns.area')}>{run.area?.name ?? t('noArea')}</Fact>
      <Fact name={t('definition')}>
        <Link
          href={`/reports/${run.report}`}
          className="inline-block min-h-6 text-accent underline-offset-2 hover:underline"
        >
          {run.number === null ? inLanguage(run.title) : t('numbered', { number: run.number })}
        </Link>{' '}
        {t('version', { version: run.version })} · <DutyWord duty={run.duty} />
      </Fact>
      <Fact name={t('requirements')}>
        <RequirementNumbers of={run.definition.requirements} />
      </Fact>
      <Fact name={t('columns.made')}>
        <Moment at={run.finishedAt ?? run.createdAt} precision="second" />
        <span className="block text-meta text-muted">
          {t(`kinds.${run.kind}`)}
          {run.requestedBy !== null && ` · ${run.requestedBy}`}
        </span>
      </Fact>
      {run.addendumTo !== null && (
        <Fact name={t('addendumTo')}>
          <Link href={`/reports/runs/${run.addendumTo}`} className="text-accent underline underline-offset-2">
            {t('firstRun')}
          </Link>
        </Fact>
      )}
      {run.state === 'done' && (
        <Fact name={t('sealed')}>
          {run.sealedAs === null ? (
            t('sealing')
          ) : mayVerify ? (
            <Link
              href={explorerAddress({ event: run.sealedAs, tab: 'integrity', own: true })}
              className="inline-block min-h-6 text-accent underline underline-offset-2"
            >
              {t('sealedIn')}
            </Link>
          ) : (
            t('isSealed')
          )}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-meta text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
