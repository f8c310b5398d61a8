'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { readRules, type Rule } from '../api-client/rules.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

/** The organisation's rules, for readers of rules; undefined for others, and until they are there. */
export function useRules(options: { readonly staleTime?: number } = {}): Rule[] | undefined {
  const mayRead = mayDo(useSession(), 'rules.read');
  const rules = useQuery({
    queryKey: ['rules', 'list'],
    queryFn: ({ signal }) => readRules(signal),
    enabled: mayRead,
    ...options,
  });
  return rules.data;
}

/** Titles of rules by their ids, for readers of rules; undefined for others, and for rules that were deleted. */
export function useRuleTitles(): (id: string) => string | undefined {
  const language = useLocale();
  const rules = useRules({ staleTime: 60_000 });
  return (id) => rules?.find((rule) => rule.id === id)?.title[language];
}
