'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Answer } from '../states/answer.tsx';
import { FindingNotes } from './finding-notes.tsx';
import { FindingStateWord } from './finding-state-word.tsx';
import { FindingSteps } from './finding-steps.tsx';
import { useFinding } from './use-finding.ts';

/** A finding where it matters: what it is, who has it, what was said, and the next step. */
export function FindingSummary({ id }: { id: string }) {
  const t = useTranslations('logFindings');
  const finding = useFinding(id);
  return (
    <Answer of={finding} what="logFindings">
      {(found) => (
        <section aria-label={t('one', { number: found.number })} className="grid gap-2 border-l-2 border-bad pl-3">
          <p>
            <Link href={`/findings/${found.id}`} className="font-medium text-accent underline underline-offset-2">
              #{found.number} {found.title}
            </Link>
          </p>
          <p className="flex flex-wrap gap-x-4 text-meta">
            <FindingStateWord finding={found} />
            <span>
              {t('columns.severity')} {t(`severities.${found.severity}`)}
            </span>
            <span className={found.owner === null ? 'text-bad' : ''}>
              {t('columns.owner')} {found.owner?.name ?? t('noOwner')}
            </span>
            {found.dueOn !== null && (
              <span className={found.isOverdue ? 'text-bad' : ''}>
                {t('columns.dueOn')} {found.dueOn} {found.isOverdue && t('overdue')}
              </span>
            )}
          </p>
          {found.reason !== null && <p className="max-w-[72ch] whitespace-pre-wrap">{found.reason}</p>}
          <FindingNotes notes={found.notes.filter(({ kind }) => kind !== 'change')} />
          <FindingSteps finding={found} />
        </section>
      )}
    </Answer>
  );
}
