'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ApiProblem } from '../api-client/api-problem.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { EmptyState } from '../states/empty-state.tsx';

/** That the event of a passed-on address was disposed of lawfully, and where its certificate is. */
export function DisposedEvent({ problem }: { problem: ApiProblem }) {
  const t = useTranslations('panel');
  const mayRead = mayDo(useSession(), 'retention.read');
  const { disposal } = problem.params;
  const id = typeof disposal === 'string' ? disposal : '';
  return (
    <EmptyState
      title={t('disposedTitle')}
      text={t('disposedText', { id })}
      action={
        mayRead && (
          <Link className="control" href="/retention?tab=deletions">
            {t('disposedOpen')}
          </Link>
        )
      }
    />
  );
}
