'use client';

import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { readReports, type Report } from '../api-client/reports.ts';

export function useReports(): UseQueryResult<Report[]> {
  return useQuery({ queryKey: ['reports'], queryFn: ({ signal }) => readReports(signal), staleTime: 30_000 });
}

/** Words of a definition in the language of the page. */
export function useInLanguage(): (words: { ja: string; en: string }) => string {
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  return (words) => words[language];
}
