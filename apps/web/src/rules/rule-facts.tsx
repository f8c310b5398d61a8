'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { RuleDetail } from '../api-client/rules.ts';
import { Moment } from '../time/moment.tsx';
import { RuleStateWord } from './rule-state-word.tsx';
import { requirementText } from './rules-table.tsx';
import { SeverityWord } from './severity-word.tsx';

/** What a rule is, who wrote it, and since when it decides. */
export function RuleFacts({ rule }: { rule: RuleDetail }) {
  const t = useTranslations('rules');
  const language = useLocale();
  const { description, severity, kind, requirements, author, references, version, inForceFrom, reason } = rule;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)]">
      <Fact title={t('columns.state')}>
        <RuleStateWord rule={rule} />
        {reason !== null && <span className="block text-meta text-muted">{t('because', { reason })}</span>}
      </Fact>
      <Fact title={t('columns.severity')}>
        <SeverityWord severity={severity} />
      </Fact>
      <Fact title={t('columns.kind')}>{t(`kinds.${kind}`)}</Fact>
      {description !== null && (
        <Fact title={t('editor.description')}>
          <span className="whitespace-pre-wrap">{description[language]}</span>
        </Fact>
      )}
      <Fact title={t('columns.requirements')}>{requirements.map(requirementText).join(', ') || '–'}</Fact>
      <Fact title={t('facts.version')}>
        {t('version', { version })}
        {inForceFrom !== null && ` · ${t('facts.inForce', { entry: inForceFrom })}`}
      </Fact>
      <Fact title={t('columns.changed')}>
        <Moment at={rule.changedAt} /> {rule.changedBy}
      </Fact>
      {author !== null && <Fact title={t('facts.author')}>{author}</Fact>}
      {references.length > 0 && (
        <Fact title={t('facts.references')}>
          <ul>
            {references.map((reference) => (
              <li key={reference} className="break-all">
                {reference}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact title={t('facts.alerts')}>
        <Link
          href={`/alerts?rule=${rule.id}`}
          className="inline-block min-h-6 text-accent underline underline-offset-2"
        >
          {t('facts.showAlerts')}
        </Link>
      </Fact>
    </dl>
  );
}

export function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt className="border-b border-line py-1.5 pr-6 text-muted">{title}</dt>
      <dd className="border-b border-line py-1.5">{children}</dd>
    </>
  );
}
