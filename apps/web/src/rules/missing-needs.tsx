'use client';

import type { MissingNeed } from '@akashi/contracts';
import { useTranslations } from 'next-intl';

/** What a rule asks for and no event had: it runs, and cannot find anything. */
export function MissingNeeds({ needs }: { needs: readonly MissingNeed[] }) {
  const t = useTranslations('rules.needs');
  if (needs.length === 0) return null;
  return (
    <div role="note" className="border-l-2 border-attention pl-3">
      <p>{t('title')}</p>
      <ul className="mt-1 grid gap-1">
        {needs.map(({ kind, name }) => (
          <li key={`${kind} ${name}`}>
            {t(kind)} <code className="font-mono text-record break-all">{name}</code>
          </li>
        ))}
      </ul>
      <p className="mt-1 text-meta text-muted">{t('advice')}</p>
    </div>
  );
}
