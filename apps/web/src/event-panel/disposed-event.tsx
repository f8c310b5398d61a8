'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ApiProblem } from '../api-client/api-problem.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { EmptyState } from '../states/empty-state.tsx';

/** That the event of a passed-on address was disposed of or removed lawfully, and where its certificate is. */
export function DisposedEvent({ problem }: { problem: ApiProblem }) {
  const t = useTranslations('panel');
  const mayRead = mayDo(useSession(), 'retention.read');
  const isRemoved = problem.code === 'event-removed';
  const { disposal, tombstone } = problem.params;
  const named = isRemoved ? tombstone : disposal;
  const id = typeof named === 'string' ? named : '';
  return (
    <EmptyState
      title={t(isRemoved ? 'removedTitle' : 'disposedTitle')}
      text={t(isRemoved ? 'removedText' : 'disposedText', { id })}
      action={
        mayRead && (
          <Link className="control" href="/retention?tab=deletions">
            {t(isRemoved ? 'removedOpen' : 'disposedOpen')}
          </Link>
        )
      }
    />
  );
}
