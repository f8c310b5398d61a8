'use client';

import type { MissingNeed } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import Link from 'next/link';

/** What a rule asks for and no event had: it runs, and cannot find anything. */
export function MissingNeeds({ needs }: { needs: readonly MissingNeed[] }) {
  const t = useTranslations('rules.needs');
  const fromLogs = needs.flatMap(({ kind, name }) => (kind === 'master' ? [] : [{ kind, name }]));
  return (
    <>
      {needs.length > fromLogs.length && (
        <div role="note" className="border-l-2 border-attention pl-3">
          <p>{t('approvals')}</p>
          <p className="mt-1 text-meta text-muted">
            {t.rich('approvalsAdvice', {
              link: (text) => (
                <Link href="/masters?table=approvals" className="text-accent underline underline-offset-2">
                  {text}
                </Link>
              ),
            })}
          </p>
        </div>
      )}
      {fromLogs.length > 0 && (
        <div role="note" className="border-l-2 border-attention pl-3">
          <p>{t('title')}</p>
          <ul className="mt-1 grid gap-1">
            {fromLogs.map(({ kind, name }) => (
              <li key={`${kind} ${name}`}>
                {t(kind)} <code className="font-mono text-record break-all">{name}</code>
              </li>
            ))}
          </ul>
          <p className="mt-1 text-meta text-muted">{t('advice')}</p>
        </div>
      )}
    </>
  );
}
