'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changeScope, type LogGroupKeeping } from '../api-client/retention.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { sendOrWait } from '../second-person/send-or-wait.ts';
import { useRetentionProblems } from './use-retention-problems.ts';

interface ScopeDialogProps {
  group: LogGroupKeeping;
  onClose: () => void;
  onDone: (outcome: 'done' | 'waits') => Promise<void>;
}

const longestReason = 1_000;

/** Takes a log group out of PCI scope, with the reason that an assessor reads, or back into it. */
export function ScopeDialog({ group, onClose, onDone }: ScopeDialogProps) {
  const t = useTranslations('retention.scope');
  const problems = useRetentionProblems();
  const [reason, setReason] = useState('');
  const { logGroup, inScope } = group;
  return (
    <FormDialog
      title={t(inScope ? 'outTitle' : 'inTitle', { group: logGroup })}
      action={t(inScope ? 'ask' : 'takeIn')}
      danger={inScope}
      problemWords={problems}
      onClose={onClose}
      onSubmit={async () => {
        const body = inScope ? { inScope: false as const, reason: reason.trim() } : { inScope: true as const };
        await onDone(await sendOrWait(() => changeScope(logGroup, body)));
      }}
    >
      <p>{t(inScope ? 'outText' : 'inText')}</p>
      {inScope && (
        <>
          <TextField
            name="reason"
            label={t('reason')}
            description={t('reasonNote')}
            value={reason}
            onChange={setReason}
            maxLength={longestReason}
            rows={3}
            isRequired
          />
          <p className="font-medium text-attention">{t('secondPerson')}</p>
        </>
      )}
    </FormDialog>
  );
}
