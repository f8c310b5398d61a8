'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { ApiProblem } from '../api-client/api-problem.ts';
import { reasonOf } from '../states/reason-of.ts';
import { ownWords } from './problem-words.ts';

interface FormProblemProps {
  error: unknown;
  /** Words for the codes (`conflict`) or codes with reason (`conflict/address-taken`) of this form's refusals; all others get the usual ones. */
  words?: Readonly<Record<string, string>>;
  /** The label of the field that it is about, which then has the focus, and what it says. */
  field?: string;
  text?: string;
}

/** Why the form could not be sent, above its fields; takes the focus, so that it is read at once. */
export function FormProblem({ error, words = {}, field, text }: FormProblemProps) {
  const t = useTranslations('errors');
  const forms = useTranslations('forms');
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (error && field === undefined) place.current?.focus();
  }, [error, field]);
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : null;
  const known = text ?? ownWords(problem, words);
  const sentence = known ?? t(`why.${reasonOf(problem)}`);
  return (
    <p ref={place} tabIndex={-1} role="alert" className="border-l-2 border-bad pl-3 text-bad">
      {field === undefined || field === '' ? sentence : forms('fieldProblem', { field, text: sentence })}
      {known === undefined && problem?.requestId && (
        <span className="block text-meta text-muted">
          {t('quote')} <code className="font-mono select-all">{problem.requestId}</code>
        </span>
      )}
    </p>
  );
}
