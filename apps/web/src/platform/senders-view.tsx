'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { confirmSender, readSenderClaims, withdrawSender, type SenderClaim } from '../api-client/platform.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo, tenantName } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { Moment } from '../time/moment.tsx';

type Decision = 'confirm' | 'withdraw';

/** Senders without a key that organisations say are theirs: nothing comes in of one before it is confirmed here. */
export function SendersView() {
  const t = useTranslations('platform.senders');
  const locale = useLocale();
  const mayManage = mayDo(useSession(), 'platform.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const [asked, setAsked] = useState<{ decision: Decision; claim: SenderClaim } | null>(null);
  const claims = useQuery({
    queryKey: ['platform', 'sender-claims'],
    queryFn: ({ signal }) => readSenderClaims(signal),
    refetchInterval: 60_000,
  });
  const nameOf = ({ addressRange, certificateFingerprint }: SenderClaim) =>
    addressRange ?? certificateFingerprint?.slice(0, 16) ?? '';
  return (
    <>
      <Answer of={claims} what="platform">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('text')} />
          ) : (
            <div className="grid gap-3">
              <p className="max-w-[72ch] text-muted">{t('text')}</p>
              <SortedTable
                label={t('title')}
                rows={list}
                rowId={({ id }) => id}
                initial={{ column: 'state', direction: 'ascending' }}
                minWidth={720}
                columns={[
                  {
                    id: 'from',
                    title: t('columns.from'),
                    isRowHeader: true,
                    sortBy: nameOf,
                    cell: ({ addressRange, certificateFingerprint }) => (
                      <span className="font-mono text-record">
                        {addressRange}
                        {certificateFingerprint !== null && (
                          <span className="block max-w-[24ch] truncate" title={certificateFingerprint}>
                            {certificateFingerprint}
                          </span>
                        )}
                      </span>
                    ),
                  },
                  {
                    id: 'organisation',
                    title: t('columns.organisation'),
                    sortBy: ({ tenant }) => tenantName(tenant, locale),
                    cell: ({ tenant }) => tenantName(tenant, locale),
                  },
                  {
                    id: 'state',
                    title: t('columns.state'),
                    sortBy: ({ confirmedAt }) => (confirmedAt === null ? 0 : 1),
                    cell: ({ confirmedAt, confirmedBy, clashes }) => (
                      <>
                        <span className={confirmedAt === null ? 'font-medium text-attention' : ''}>
                          {t(confirmedAt === null ? 'waiting' : 'confirmed')}
                        </span>
                        {confirmedAt !== null && (
                          <span className="block text-meta text-muted">
                            <Moment at={confirmedAt} /> {confirmedBy}
                          </span>
                        )}
                        {clashes && <span className="block text-meta text-attention">{t('clashes')}</span>}
                      </>
                    ),
                  },
                  {
                    id: 'since',
                    title: t('columns.since'),
                    sortBy: ({ createdAt }) => createdAt,
                    cell: ({ createdAt }) => <Moment at={createdAt} />,
                  },
                  ...(mayManage
                    ? [
                        {
                          id: 'actions',
                          title: t('columns.actions'),
                          cell: (claim: SenderClaim) => {
                            const decision: Decision = claim.confirmedAt === null ? 'confirm' : 'withdraw';
                            return (
                              <Button
                                className={`control control-small ${decision === 'withdraw' ? 'text-bad' : ''}`}
                                aria-label={t(`${decision}Named`, { name: nameOf(claim) })}
                                onPress={() => setAsked({ decision, claim })}
                              >
                                {t(decision)}
                              </Button>
                            );
                          },
                        },
                      ]
                    : []),
                ]}
              />
            </div>
          )
        }
      </Answer>
      {asked !== null && (
        <DecisionDialog
          {...asked}
          name={nameOf(asked.claim)}
          organisation={tenantName(asked.claim.tenant, locale)}
          onClose={() => setAsked(null)}
          onDone={async () => {
            await client.invalidateQueries({ queryKey: ['platform'] });
            notify({ text: t(`done.${asked.decision}`, { name: nameOf(asked.claim) }) });
          }}
        />
      )}
    </>
  );
}

interface DecisionDialogProps {
  decision: Decision;
  claim: SenderClaim;
  name: string;
  organisation: string;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** Why: it stands in both audit trails. */
function DecisionDialog({ decision, claim, name, organisation, onClose, onDone }: DecisionDialogProps) {
  const t = useTranslations('platform.senders');
  const p = useTranslations('platform');
  const [reason, setReason] = useState('');
  const decide = { confirm: confirmSender, withdraw: withdrawSender }[decision];
  return (
    <FormDialog
      title={t(`ask.${decision}`, { name, organisation })}
      action={t(decision)}
      danger={decision === 'withdraw'}
      problemWords={{ 'conflict/sender-clashes': t('clashes'), 'conflict/range-too-wide': t('tooWide') }}
      onClose={onClose}
      onSubmit={async () => {
        await decide(claim.id, reason);
        await onDone();
      }}
    >
      <p>{t(`consequence.${decision}`)}</p>
      <TextField
        label={p('reason')}
        description={p('reasonNote')}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={500}
        rows={2}
      />
    </FormDialog>
  );
}
