'use client';

import { useTranslations } from 'next-intl';
import type { Finding } from '../api-client/findings.ts';
import { Moment } from '../time/moment.tsx';

const fields = [
  'title',
  'severity',
  'owner',
  'dueOn',
  'who',
  'when',
  'system',
  'reason',
  'cause',
  'action',
  'outcome',
  'ticket',
  'state',
] as const;

const severities = ['low', 'medium', 'high'] as const;
const states = ['open', 'escalated', 'instructed', 'resolved', 'closed'] as const;

/** What was said and changed, oldest first; nothing of it changes afterwards. */
export function FindingNotes({ notes }: Pick<Finding, 'notes'>) {
  const t = useTranslations('logFindings');
  if (notes.length === 0) return null;
  const fieldOf = (name: string) => fields.find((field) => field === (name === 'ownerId' ? 'owner' : name));
  const fieldWord = (name: string) => {
    const field = fieldOf(name);
    return field === undefined ? name : t(`fields.${field}`);
  };
  const valueWord = (name: string, value: string | null) => {
    if (value === null) return t('notes.empty');
    const [severity, state] = [severities.find((each) => each === value), states.find((each) => each === value)];
    if (name === 'severity' && severity !== undefined) return t(`severities.${severity}`);
    return name === 'state' && state !== undefined ? t(`states.${state}`) : value;
  };
  return (
    <ol className="grid max-w-[72ch] gap-2">
      {notes.map(({ id, kind, by, at, text, changes }) => (
        <li key={id}>
          <p className="text-meta text-muted">
            <span className={kind === 'instruction' || kind === 'escalation' ? 'font-medium text-text' : ''}>
              {t(`notes.${kind}`)}
            </span>{' '}
            {by} <Moment at={at} />
          </p>
          {text !== '' && <p className="whitespace-pre-wrap">{text}</p>}
          {changes.map(({ field, before, after }) => (
            <p key={field} className="text-meta">
              {t('notes.changed', {
                field: fieldWord(field),
                before: valueWord(field, before),
                after: valueWord(field, after),
              })}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}
