'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Finding } from '../api-client/findings.ts';
import { Moment } from '../time/moment.tsx';
import { FindingStateWord } from './finding-state-word.tsx';

const prose = ['reason', 'cause', 'action', 'outcome', 'ticket'] as const;

/** What an assessor traces: what, who, when, where, why it is not routine, what was done, with what outcome. */
export function FindingFacts({ finding }: { finding: Finding }) {
  const t = useTranslations('logFindings');
  const { owner, dueOn, isOverdue, reviewDay, closedBy, closedAt } = finding;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)]">
      <Fact title={t('fields.state')}>
        <FindingStateWord finding={finding} />
      </Fact>
      <Fact title={t('fields.severity')}>{t(`severities.${finding.severity}`)}</Fact>
      <Fact title={t('fields.owner')}>
        {owner === null ? <span className="text-bad">{t('noOwner')}</span> : owner.name}
      </Fact>
      <Fact title={t('fields.dueOn')}>
        {dueOn ?? '–'} {isOverdue && <span className="text-bad">{t('overdue')}</span>}
      </Fact>
      <Fact title={t('fields.found')}>
        {t.rich('foundBy', { name: finding.foundBy, at: () => <Moment at={finding.foundAt} /> })}
      </Fact>
      {reviewDay !== null && (
        <Fact title={t('fields.review')}>
          <Link
            href={`/reviews/${reviewDay}${finding.item === null ? '' : `?item=${finding.item}`}`}
            className="text-accent underline underline-offset-2"
          >
            {reviewDay}
          </Link>{' '}
          {finding.area?.name}
        </Fact>
      )}
      <Fact title={t('fields.who')}>{finding.who ?? '–'}</Fact>
      <Fact title={t('fields.when')}>
        <Moment at={finding.when} precision="second" />
      </Fact>
      <Fact title={t('fields.system')}>{finding.system ?? '–'}</Fact>
      {prose.map((field) => (
        <Fact key={field} title={t(`fields.${field}`)}>
          <span className="whitespace-pre-wrap">{finding[field] ?? '–'}</span>
        </Fact>
      ))}
      {closedBy !== null && (
        <Fact title={t('fields.closed')}>
          {t.rich('foundBy', { name: closedBy, at: () => <Moment at={closedAt} /> })}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt className="border-b border-line py-1.5 pr-6 text-muted">{title}</dt>
      <dd className="border-b border-line py-1.5">{children}</dd>
    </>
  );
}
