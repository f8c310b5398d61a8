'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { readRules } from '../api-client/rules.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

/** Titles of rules by their ids, for readers of rules; undefined for others, and for rules that were deleted. */
export function useRuleTitles(): (id: string) => string | undefined {
  const language = useLocale();
  const mayRead = mayDo(useSession(), 'rules.read');
  const rules = useQuery({
    queryKey: ['rules', 'list'],
    queryFn: ({ signal }) => readRules(signal),
    enabled: mayRead,
    staleTime: 60_000,
  });
  return (id) => rules.data?.find((rule) => rule.id === id)?.title[language];
}
