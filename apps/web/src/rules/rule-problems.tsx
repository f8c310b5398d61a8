'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { RuleProblem } from '../api-client/rules.ts';

/** What keeps a rule from being used; takes the focus, so that it is read at once. */
export function RuleProblems({ problems }: { problems: readonly RuleProblem[] }) {
  const t = useTranslations('rules.editor');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problems.length > 0) place.current?.focus();
  }, [problems]);
  if (problems.length === 0) return null;
  return (
    <div ref={place} role="alert" tabIndex={-1} className="border-l-2 border-bad pl-3 text-bad">
      <p>{t('problems')}</p>
      <ul className="grid gap-1">
        {problems.map(({ code, path, near, message }) => (
          <li key={`${code} ${path}`}>
            <code className="font-mono text-record">{path}</code> {message}
            {near !== undefined && <code className="ml-2 font-mono text-record break-all">{near}</code>}
          </li>
        ))}
      </ul>
    </div>
  );
}
