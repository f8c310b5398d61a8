'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { liftLegalHold, type LegalHold } from '../api-client/legal-holds.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { sendOrWait } from '../second-person/send-or-wait.ts';
import { HoldWords } from './hold-words.tsx';

interface LiftDialogProps {
  hold: LegalHold;
  onClose: () => void;
  onDone: () => Promise<void>;
}

/** Asks for a hold to be lifted; it holds until another person agrees. */
export function LiftDialog({ hold, onClose, onDone }: LiftDialogProps) {
  const t = useTranslations('legalHolds');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('liftTitle')}
      action={t('liftAsk')}
      danger
      problemWords={{
        'second-person-missing': t('nobodyElse'),
        'decided-before': t('gone'),
        conflict: t('gone'),
        'not-found': t('gone'),
      }}
      onClose={onClose}
      onSubmit={async () => {
        await sendOrWait(() => liftLegalHold(hold.id, reason.trim()));
        await onDone();
      }}
    >
      <div>
        <p className="font-medium whitespace-pre-wrap">{hold.reason}</p>
        <HoldWords hold={hold} />
      </div>
      <p>{t('liftText')}</p>
      <TextField
        name="reason"
        label={t('liftReason')}
        value={reason}
        onChange={setReason}
        maxLength={1_000}
        rows={2}
        isRequired
      />
    </FormDialog>
  );
}
