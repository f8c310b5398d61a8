'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { cancelRestore, endRestore, readRestores, type Restore } from '../api-client/restores.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { RestoreItem } from './restore-item.tsx';
import { isUnderWay } from './restore-state.ts';
import { useRestoreWanted } from './use-restore-wanted.ts';

const refreshMilliseconds = 2_000;

/** Sets of the archive that are made searchable again for a while, with how far each is. */
export default function RestoresView() {
  const t = useTranslations('restores');
  const mayRestore = mayDo(useSession(), 'logs.restore');
  const client = useQueryClient();
  const notify = useNotify();
  const [wanted, setWanted] = useRestoreWanted();
  const [ended, setEnded] = useState<Restore | null>(null);
  const restores = useQuery({
    queryKey: ['restores'],
    queryFn: ({ signal }) => readRestores(signal),
    refetchInterval: (query) =>
      query.state.status !== 'error' && query.state.data?.items.some(isUnderWay) ? refreshMilliseconds : false,
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['restores'] });
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-start gap-4">
        <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
        {mayRestore && (
          <Button className="control" onPress={() => void setWanted({ logGroups: [], from: null, to: null })}>
            <Plus size={16} aria-hidden />
            {t('create')}
          </Button>
        )}
      </div>
      <Answer of={restores} what="restores">
        {({ items, standing, limit }) => (
          <>
            <p role="status" className="text-meta text-muted">
              {t('standing', { standing, limit })}
            </p>
            {items.length === 0 ? (
              <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <ul className="border-t border-line">
                {items.map((restore) => (
                  <RestoreItem key={restore.id} restore={restore} onEnd={() => setEnded(restore)} />
                ))}
              </ul>
            )}
          </>
        )}
      </Answer>
      {mayRestore && wanted !== null && (
        <RestoreDialog
          initial={wanted}
          onClose={() => void setWanted(null)}
          onDone={async () => {
            await refresh();
            notify({ text: t('started') });
          }}
        />
      )}
      {ended !== null && (
        <ConfirmDialog
          title={t(isUnderWay(ended) ? 'cancelTitle' : 'endTitle')}
          action={t(isUnderWay(ended) ? 'cancel' : 'end')}
          problemWords={{ 'not-found': t('gone'), conflict: t('gone') }}
          onClose={() => setEnded(null)}
          onConfirm={async () => {
            await (isUnderWay(ended) ? cancelRestore : endRestore)(ended.id);
            await refresh();
            notify({ text: t(isUnderWay(ended) ? 'cancelled' : 'ended') });
          }}
        >
          <p>{t('endText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
