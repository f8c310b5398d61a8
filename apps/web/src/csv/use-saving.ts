'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem, isStepUpRequired } from '../api-client/api-problem.ts';
import { useNotify } from '../forms/notices.tsx';
import { reasonOf } from '../states/reason-of.ts';
import { keepFile } from './keep-file.ts';

interface SavingWords {
  /** Said once the file is kept; nothing is where the browser shows it by itself. */
  saved?: string;
  failed: (why: string) => string;
}

export interface Saving {
  /** The name of the file that is under way. */
  pending: string | null;
  save: (name: string, read: () => Promise<Blob> | Blob) => Promise<void>;
}

/** A file for whoever is at the page, and what became of it in words. */
export function useSaving({ saved, failed }: SavingWords): Saving {
  const why = useTranslations('errors.why');
  const notify = useNotify();
  const [pending, setPending] = useState<string | null>(null);
  const save: Saving['save'] = async (name, read) => {
    setPending(name);
    try {
      keepFile(await read(), name);
      if (saved !== undefined) notify({ text: saved });
    } catch (error) {
      // Whoever leaves the question for a second factor knows why there is no file.
      if (isStepUpRequired(error)) return;
      notify({ text: failed(why(reasonOf(error instanceof ApiProblem ? error : null))) });
    } finally {
      setPending(null);
    }
  };
  return { pending, save };
}
