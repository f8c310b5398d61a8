import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { FormatProblem } from '../api-client/formats.ts';

/** What is wrong with a definition, in a sentence that names the place. */
export function useProblemWords(): (problem: FormatProblem) => string {
  const t = useTranslations('formats.problems');
  return useCallback(({ code, near = '' }: FormatProblem) => t(code, { near }), [t]);
}
