'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { ApiProblem } from '../api-client/api-problem.ts';
import { reasonOf } from '../states/reason-of.ts';

interface FormProblemProps {
  error: unknown;
  /** Words for the codes (`conflict`) or codes with reason (`conflict/address-taken`) of this form's refusals; all others get the usual ones. */
  words?: Readonly<Record<string, string>>;
}

/** Why the form could not be sent, above its fields; takes the focus, so that it is read at once. */
export function FormProblem({ error, words = {} }: FormProblemProps) {
  const t = useTranslations('errors');
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (error) place.current?.focus();
  }, [error]);
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const known = problem
    ? [`${problem.code}/${String(problem.params['reason'])}`, problem.code].find((key) => Object.hasOwn(words, key))
    : undefined;
  return (
    <p ref={place} tabIndex={-1} role="alert" className="border-l-2 border-bad pl-3 text-bad">
      {known === undefined ? t(`why.${reasonOf(problem)}`) : words[known]}
      {known === undefined && problem?.requestId && (
        <span className="block text-meta text-muted">
          {t('quote')} <code className="font-mono select-all">{problem.requestId}</code>
        </span>
      )}
    </p>
  );
}
