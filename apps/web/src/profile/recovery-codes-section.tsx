'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { renewRecoveryCodes } from '../api-client/profile.ts';
import { RecoveryCodes } from '../enrolment/recovery-codes.tsx';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { DialogFrame } from '../forms/dialog-frame.tsx';

interface RecoveryCodesSectionProps {
  email: string;
  left: number;
  onRenewed: (text: string) => Promise<void>;
}

/** With this few left it is time for new ones. */
const fewCodes = 3;

export function RecoveryCodesSection({ email, left, onRenewed }: RecoveryCodesSectionProps) {
  const t = useTranslations('profile.recovery');
  const codeWords = useTranslations('recoveryCodes');
  const [asked, setAsked] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const kept = () => {
    setCodes([]);
    void onRenewed(t('renewed'));
  };
  return (
    <section>
      <h2 className="mb-1 font-medium">{t('title')}</h2>
      <p className={`mb-3 ${left <= fewCodes ? 'text-attention' : 'text-muted'}`}>{t('left', { count: left })}</p>
      <Button className="control" onPress={() => setAsked(true)}>
        {t('renew')}
      </Button>
      {asked && (
        <ConfirmDialog
          title={t('renewTitle')}
          action={t('renew')}
          onClose={() => setAsked(false)}
          onConfirm={async () => setCodes(await renewRecoveryCodes())}
        >
          <p>{t('renewText', { count: left })}</p>
        </ConfirmDialog>
      )}
      {codes.length > 0 && !asked && (
        // Nothing but the button closes it: what it shows is never shown again.
        <DialogFrame title={codeWords('title')}>
          <RecoveryCodes codes={codes} email={email} action={codeWords('close')} onKept={kept} />
        </DialogFrame>
      )}
    </section>
  );
}
