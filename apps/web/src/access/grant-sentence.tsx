'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { fieldLabel } from '../query/field-label.ts';

export interface Coverage {
  logGroups: readonly string[];
  logStreams: readonly string[];
  sources: readonly string[];
  rowFilter: string | null;
  hiddenFields: readonly string[];
}

/** What a grant lets its people read, as a sentence; each narrowing is a part of it. */
export function GrantSentence({ grant, sourceName }: { grant: Coverage; sourceName?: (id: string) => string }) {
  const t = useTranslations('access.sentence');
  const locale = useLocale();
  const separator = locale === 'ja' ? '、' : ', ';
  const codes = (names: readonly string[]): ReactNode =>
    names.map((name, index) => (
      <span key={name}>
        {index > 0 && separator}
        <code className="font-mono text-record">{name}</code>
      </span>
    ));
  const parts: ReactNode[] = [];
  if (grant.logStreams.length > 0) parts.push(t.rich('streams', { names: () => codes(grant.logStreams) }));
  if (grant.sources.length > 0)
    parts.push(t.rich('sources', { names: () => codes(grant.sources.map((id) => sourceName?.(id) ?? id)) }));
  if (grant.rowFilter) parts.push(t.rich('rows', { names: () => codes([grant.rowFilter ?? '']) }));
  if (grant.hiddenFields.length > 0)
    parts.push(t('hidden', { names: grant.hiddenFields.map((field) => fieldLabel(field, locale)).join(separator) }));
  const everything = grant.logGroups.length === 1 && grant.logGroups[0] === '*';
  return (
    <span>
      {everything ? t('everything') : t.rich('groups', { names: () => codes(grant.logGroups) })}
      {parts.map((part, index) => (
        <span key={index}>
          {separator}
          {part}
        </span>
      ))}
      {t('end')}
    </span>
  );
}
