'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { decideApproval, readApprovals, type Approval, type ApprovalStep } from '../api-client/approvals.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ApprovalItem, ApprovalSubject } from './approval-item.tsx';

/** What waits for somebody's word: given here by the person who was asked, after proving a second factor again. */
export function ApprovalsPage() {
  const t = useTranslations('approvals');
  const session = useSession();
  const notify = useNotify();
  const client = useQueryClient();
  const [decided, setDecided] = useState(false);
  const [asked, setAsked] = useState<{ approval: Approval; step: ApprovalStep } | null>(null);
  const [note, setNote] = useState('');
  const approvals = useQuery({ queryKey: ['approvals'], queryFn: ({ signal }) => readApprovals(signal) });
  const waiting = (approvals.data ?? []).filter(({ state }) => state === 'waiting');
  const over = (approvals.data ?? []).length - waiting.length;
  const stepsFor = ({ mayDecide, state }: Approval): ApprovalStep[] => {
    if (state !== 'waiting') return [];
    const theirs: ApprovalStep[] = mayDecide ? ['confirm', 'decline'] : [];
    return theirs.length > 0 || !mayDo(session, 'access.manage') ? theirs : ['withdraw'];
  };
  return (
    <Page title={t('title')} {...(approvals.data ? { status: t('count', { count: waiting.length }) } : {})}>
      <Answer of={approvals} what="access">
        {(list) => {
          const shown = decided ? list : waiting;
          return (
            <div className="grid gap-3">
              {over > 0 && (
                <SwitchField label={t('showDecided', { count: over })} value={decided} onChange={setDecided} />
              )}
              {shown.length === 0 ? (
                <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
              ) : (
                <ul className="border-t border-line">
                  {shown.map((approval) => (
                    <ApprovalItem
                      key={approval.id}
                      approval={approval}
                      steps={stepsFor(approval)}
                      onStep={(step) => {
                        setNote('');
                        setAsked({ approval, step });
                      }}
                    />
                  ))}
                </ul>
              )}
            </div>
          );
        }}
      </Answer>
      {asked && (
        <FormDialog
          title={t(`${asked.step}Title`)}
          action={t(`steps.${asked.step}`)}
          danger={asked.step !== 'confirm'}
          problemWords={{
            'decided-before': t('decidedBefore'),
            'conflict/gone': t('gone'),
            'forbidden/not-approver': t('notApprover'),
          }}
          onClose={() => setAsked(null)}
          onSubmit={async () => {
            await decideApproval(asked.approval.id, asked.step, note.trim() === '' ? null : note.trim());
            await Promise.all(
              [
                'approvals',
                'access-groups',
                'access',
                'session',
                'identity-providers',
                'retention',
                'legal-holds',
                'tombstones',
              ].map((key) => client.invalidateQueries({ queryKey: [key] })),
            );
            notify({ text: t(`${asked.step}Done`) });
          }}
        >
          <ApprovalSubject approval={asked.approval} />
          <p className="text-meta text-muted">{t(`${asked.step}Text`)}</p>
          {asked.step !== 'withdraw' && (
            <TextField label={t('note')} value={note} onChange={setNote} maxLength={1000} rows={2} />
          )}
        </FormDialog>
      )}
    </Page>
  );
}
