'use client';

import { ClipboardPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { createSerializer, parseAsString } from 'nuqs';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

const address = createSerializer({ q: parseAsString });

/** A report of one's own begins as a search that found what it should list. */
export function ReportFromSearch({ query }: { query: string }) {
  const t = useTranslations('reports');
  const mayManage = mayDo(useSession(), 'reports.manage');
  if (!mayManage || query.trim() === '') return null;
  return (
    <Link
      href={address('/reports/new', { q: query })}
      className="control control-quiet control-small"
      aria-label={t('fromSearch')}
      title={t('fromSearch')}
    >
      <ClipboardPlus size={16} aria-hidden />
    </Link>
  );
}
