'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readLegalHolds, type LegalHold } from '../api-client/legal-holds.ts';
import { useNotify } from '../forms/notices.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { HoldDialog } from './hold-dialog.tsx';
import { HoldItem } from './hold-item.tsx';
import { LiftDialog } from './lift-dialog.tsx';

/** What must not be disposed of, whatever its policy says, and why. */
export default function HoldsView() {
  const t = useTranslations('legalHolds');
  const mayManage = mayDo(useSession(), 'holds.manage');
  const client = useQueryClient();
  const notify = useNotify();
  const [creating, setCreating] = useState(false);
  const [lifted, setLifted] = useState<LegalHold | null>(null);
  const [hasLifted, setHasLifted] = useState(false);
  const holds = useQuery({ queryKey: ['legal-holds'], queryFn: ({ signal }) => readLegalHolds(signal) });
  const done = async (text: string) => {
    await Promise.all(
      [['legal-holds'], ['retention'], ['approvals'], ['session']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
    notify({ text });
  };
  const create = mayManage && (
    <Button className="control" onPress={() => setCreating(true)}>
      <Plus size={16} aria-hidden />
      {t('create')}
    </Button>
  );
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-start gap-4">
        <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
        {create}
      </div>
      <Answer of={holds} what="legalHolds">
        {(items) => {
          const over = items.filter(({ state }) => state === 'lifted').length;
          const shown = hasLifted ? items : items.filter(({ state }) => state !== 'lifted');
          return (
            <>
              {over > 0 && (
                <SwitchField label={t('showLifted', { count: over })} value={hasLifted} onChange={setHasLifted} />
              )}
              {shown.length === 0 ? (
                <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
              ) : (
                <ul className="border-t border-line">
                  {shown.map((hold) => (
                    <HoldItem key={hold.id} hold={hold} onLift={mayManage ? () => setLifted(hold) : null} />
                  ))}
                </ul>
              )}
            </>
          );
        }}
      </Answer>
      {creating && <HoldDialog onClose={() => setCreating(false)} onDone={() => done(t('created'))} />}
      {lifted !== null && (
        <LiftDialog hold={lifted} onClose={() => setLifted(null)} onDone={() => done(t('liftWaits'))} />
      )}
    </section>
  );
}
