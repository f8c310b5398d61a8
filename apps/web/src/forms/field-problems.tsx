'use client';

import { useTranslations } from 'next-intl';
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { ApiProblem } from '../api-client/api-problem.ts';
import { reasonOf } from '../states/reason-of.ts';
import { fieldCandidates } from './field-candidates.ts';
import { FormProblem } from './form-problem.tsx';
import { ownWords } from './problem-words.ts';

interface Found {
  error: unknown;
  name: string;
  label: string;
}

interface FieldProblem {
  name: string;
  text: string;
}

const FieldProblemContext = createContext<FieldProblem | null>(null);

interface FieldProblemsProps {
  error: unknown;
  /** Words for the codes (`conflict`) or codes with reason (`conflict/address-taken`) of this form's refusals; all others get the usual ones. */
  words?: Readonly<Record<string, string>> | undefined;
  /** Fields that codes of this form are about, by their names: `{ 'conflict/address-bound': 'addressRange' }`. */
  fields?: Readonly<Record<string, string>> | undefined;
  children: ReactNode;
}

/**
 * The fields of a form, and above them why it could not be sent. Where the refusal is about one field, that field is
 * named, has the focus, and says so itself (WCAG 3.3.1, 3.3.3).
 */
export function FieldProblems({ error, words = {}, fields, children }: FieldProblemsProps) {
  const t = useTranslations('forms');
  const why = useTranslations('errors.why');
  const place = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const field = error ? findField(place.current, fieldCandidates(error, fields)) : null;
    // oxlint-disable-next-line react/set-state-in-effect -- which fields there are is only known once they are drawn
    setFound(field === null ? null : { error, name: field.name, label: field.label });
    field?.element.querySelector<HTMLElement>('input:not([type=hidden]), textarea, button')?.focus();
    // The fields' names do not change while a form is open.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [error]);
  const current = found !== null && found.error === error ? found : null;
  const problem = error instanceof ApiProblem ? error : null;
  const text = ownWords(problem, words, current === null ? undefined : t('invalidField')) ?? why(reasonOf(problem));
  return (
    <FieldProblemContext value={current === null ? null : { name: current.name, text }}>
      <div ref={place} className="contents">
        <FormProblem error={error} words={words} {...(current === null ? {} : { field: current.label, text })} />
        {children}
      </div>
    </FieldProblemContext>
  );
}

/** Why the form was refused on account of this field; undefined when it was not. */
export function useFieldProblem(name: string | undefined): string | undefined {
  const problem = useContext(FieldProblemContext);
  return problem !== null && problem.name === name ? problem.text : undefined;
}

/** For the element around a field: by this it is found, and while a refusal stands the browser does not judge it as well. */
export function fieldPlace(name: string | undefined, problem: string | undefined) {
  return {
    ...(name === undefined ? {} : { 'data-field': name }),
    ...(problem === undefined ? {} : { validationBehavior: 'aria' as const }),
  };
}

function findField(place: HTMLElement | null, candidates: readonly string[]) {
  for (const name of candidates) {
    const element = place?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (element)
      return { name, element, label: element.querySelector('label, [data-label]')?.textContent?.trim() ?? '' };
  }
  return null;
}
