'use client';

import { classCatalogue } from '@akashi/log-event';
import { columnWords, flagWords } from '@akashi/report';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Report } from '../api-client/reports.ts';
import { Moment } from '../time/moment.tsx';
import { DutyWord, RequirementNumbers } from '../report-words/report-words.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';
import { useRuleWords } from './use-rule-words.ts';

/** What a report lists and what in it stands out, in words. */
export function DefinitionFacts({ report }: { report: Report }) {
  const t = useTranslations('reports.definition');
  const words = useTranslations('reports');
  const locale = useLocale() === 'ja' ? 'ja' : 'en';
  const inLanguage = useInLanguage();
  const ruleWords = useRuleWords();
  const { classes, query, tag, listed, columns, groupBy, flags, plot } = report;
  const list = (items: readonly string[]) => items.join(t('separator'));
  return (
    <dl className="grid max-w-[96ch] gap-2">
      <Fact name={words('columns.duty')}>
        <DutyWord duty={report.duty} />
      </Fact>
      <Fact name={words('columns.requirements')}>
        <RequirementNumbers of={report.requirements} />
      </Fact>
      <Fact name={t('classes')}>
        {classes.length === 0 ? t('anyClass') : list(classes.map((id) => classCatalogue[id].word[locale]))}
        {tag !== null && <span className="block">{t(`tags.${tag}`)}</span>}
      </Fact>
      {query !== '' && (
        <Fact name={t('query')}>
          <code className="font-mono text-record break-all">{query}</code>
        </Fact>
      )}
      {listed !== '' && (
        <Fact name={t('listed')}>
          <code className="font-mono text-record break-all">{listed}</code>
        </Fact>
      )}
      <Fact name={t('flags')}>
        {flags.length === 0
          ? t('noFlags')
          : flags.map((rule, index) => (
              <span key={index} className="block">
                <span className="font-medium">{inLanguage(flagWords[rule.kind])}</span>{' '}
                <span className="text-muted">{ruleWords(rule)}</span>
              </span>
            ))}
      </Fact>
      <Fact name={t('columns')}>{list(columns.map((column) => inLanguage(columnWords[column])))}</Fact>
      {groupBy !== null && <Fact name={t('groupBy')}>{inLanguage(columnWords[groupBy])}</Fact>}
      {plot !== null && <Fact name={t('plot')}>{inLanguage(plot.title)}</Fact>}
      <Fact name={t('version')}>
        {t('versionNumber', { version: report.version })}
        {report.changedAt !== undefined && (
          <span className="block text-meta text-muted">
            <Moment at={report.changedAt} /> {report.changedBy}
          </span>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 border-b border-line pb-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
