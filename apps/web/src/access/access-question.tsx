'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import type { Option } from '../forms/select-field.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { NotPermitted } from '../states/not-permitted.tsx';
import { AccessNav } from './access-nav.tsx';

interface AccessQuestionProps<T> {
  title: string;
  status: string | undefined;
  actions: ReactNode;
  /** What the question can be asked about. */
  options: readonly Option[];
  label: string;
  value: string | null;
  onChange: (value: string) => void;
  /** What stands here before anything is chosen. */
  text: string;
  answer: UseQueryResult<T>;
  children: (answer: T) => ReactNode;
}

/** A question about access that needs something to be chosen first. */
export function AccessQuestion<T>({ title, status, actions, ...props }: AccessQuestionProps<T>) {
  const { options, label, value, onChange, text, answer, children } = props;
  if (!mayDo(useSession(), 'access.read')) {
    return (
      <Page title={title}>
        <NotPermitted />
      </Page>
    );
  }
  return (
    <Page title={title} {...(status === undefined ? {} : { status })} actions={value !== null && actions}>
      <AccessNav />
      <div className="mb-4 max-w-md print:hidden">
        <SearchChoiceField
          key={options.length}
          label={label}
          options={options}
          value={value}
          onChange={(next) => next !== null && onChange(next)}
        />
      </div>
      {value === null ? (
        <p className="max-w-[72ch] text-muted">{text}</p>
      ) : (
        <Answer of={answer} what="access">
          {children}
        </Answer>
      )}
    </Page>
  );
}
