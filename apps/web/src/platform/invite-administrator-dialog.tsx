'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { inviteAdministrator, type PlatformTenant } from '../api-client/platform.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { tenantName } from '../session/session.ts';
import { AdministratorFields } from './administrator-fields.tsx';

interface InviteAdministratorDialogProps {
  tenant: PlatformTenant;
  onClose: () => void;
  /** With whether the mail went out. */
  onDone: (email: string, isSent: boolean) => Promise<unknown>;
}

/** The first invitation ran out, went astray, or was somebody else's: another one takes its place. */
export function InviteAdministratorDialog({ tenant, onClose, onDone }: InviteAdministratorDialogProps) {
  const t = useTranslations('platform');
  const locale = useLocale();
  const [admin, setAdmin] = useState({ displayName: '', email: '' });
  return (
    <FormDialog
      title={t('inviteTitle', { name: tenantName(tenant, locale) })}
      action={t('inviteAction')}
      problemWords={{
        'conflict/address-taken': t('addressTaken'),
        conflict: t('hasPeople'),
        'request-invalid': t('invalid'),
      }}
      problemFields={{
        'conflict/address-taken': 'admin.email',
        'request-invalid': 'admin.email',
      }}
      onClose={onClose}
      onSubmit={async () => {
        const { invitationSent } = await inviteAdministrator(tenant.id, admin);
        await onDone(admin.email, invitationSent !== false);
      }}
    >
      <p>{t('inviteText')}</p>
      <AdministratorFields value={admin} onChange={setAdmin} />
    </FormDialog>
  );
}
