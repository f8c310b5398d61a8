'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { requestRecovery, type PlatformTenant } from '../api-client/platform.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { tenantName } from '../session/session.ts';
import { AdministratorFields } from './administrator-fields.tsx';

interface RequestRecoveryDialogProps {
  tenant: PlatformTenant;
  onClose: () => void;
  /** With whether every mail went out. */
  onDone: (isSent: boolean) => Promise<unknown>;
}

/** The organisation has nobody who can let others in: its own contacts are asked, nobody is let in from here. */
export function RequestRecoveryDialog({ tenant, onClose, onDone }: RequestRecoveryDialogProps) {
  const t = useTranslations('platform');
  const locale = useLocale();
  const [admin, setAdmin] = useState({ displayName: '', email: '' });
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('recoverTitle', { name: tenantName(tenant, locale) })}
      action={t('recoverAction')}
      problemWords={{
        'conflict/address-taken': t('addressTaken'),
        'conflict/no-contacts': t('noContacts'),
        conflict: t('hasAdministrator'),
        'request-invalid': t('invalid'),
      }}
      onClose={onClose}
      onSubmit={async () => {
        const { invitationSent } = await requestRecovery(tenant.id, { ...admin, reason });
        await onDone(invitationSent !== false);
      }}
    >
      <p>{t('recoverText')}</p>
      <AdministratorFields value={admin} onChange={setAdmin} />
      <TextField label={t('recoverReason')} value={reason} onChange={setReason} isRequired maxLength={500} rows={2} />
    </FormDialog>
  );
}
