'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useOwnAccess, ungranted } from './use-own-access.ts';

const mostNamed = 8;

/** Below a search that found nothing: which log groups it looked at, and which it could not. */
export function GrantedNote() {
  const t = useTranslations('noLogs');
  const own = useOwnAccess().data;
  if (!own || own.logGroups.length === 0) return null;
  const missing = ungranted(own);
  return (
    <div className="mt-6 border-t border-line pt-4 text-meta text-muted">
      <p>{t('searched', { names: named(own.logGroups, t('separator')) })}</p>
      {missing.length > 0 && (
        <p className="mt-1">
          {t('notGranted', { names: named(missing, t('separator')) })}{' '}
          <Link href="/access" className="text-accent underline underline-offset-2">
            {t('toAccess')}
          </Link>
        </p>
      )}
    </div>
  );
}

function named(names: readonly string[], separator: string): string {
  return names.slice(0, mostNamed).join(separator) + (names.length > mostNamed ? ' …' : '');
}
