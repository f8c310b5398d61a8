'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Report } from '../api-client/reports.ts';
import { Moment } from '../time/moment.tsx';

/** The newest run that this person may open: by its day, or by when it was made. */
export function NewestRun({ run }: { run: Report['newestRun'] }) {
  const t = useTranslations('reports');
  if (run === null) return <span className="text-muted">{t('noRun')}</span>;
  return (
    <Link
      href={`/reports/runs/${run.id}`}
      className="inline-block min-h-6 whitespace-nowrap text-accent underline-offset-2 hover:underline"
    >
      {run.day ?? <Moment at={run.createdAt} />}
    </Link>
  );
}
