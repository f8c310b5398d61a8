'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../api-client/api-problem.ts';
import type { PlatformTenant } from '../api-client/platform.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { tenantName } from '../session/session.ts';
import type { StatusAction } from './tenants-table.tsx';

interface StatusDialogProps {
  action: StatusAction;
  tenant: PlatformTenant;
  onSubmit: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Why, and for closing the organisation's short name once more: there is no way back from it. */
export function StatusDialog({ action, tenant, onSubmit, onClose }: StatusDialogProps) {
  const t = useTranslations('platform');
  const locale = useLocale();
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState('');
  const [asked, setAsked] = useState(false);
  const name = tenantName(tenant, locale);
  const differs = action === 'close' && confirm.trim() !== tenant.slug;
  return (
    <FormDialog
      title={t(`ask.${action}`, { name })}
      action={t(`actions.${action}`)}
      danger={action !== 'resume'}
      problemWords={{ 'tenant-closed': t('closedBefore'), 'confirm-differs': t('confirmDiffers') }}
      problemFields={{ 'confirm-differs': 'confirm' }}
      onClose={onClose}
      onSubmit={async () => {
        setAsked(true);
        if (differs) throw new ApiProblem({ status: 400, code: 'confirm-differs', requestId: null, params: {} });
        await onSubmit(reason);
      }}
    >
      <p>{t(`consequence.${action}`)}</p>
      <TextField
        name="reason"
        label={t('reason')}
        description={t('reasonNote')}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={500}
        rows={2}
      />
      {action === 'close' && (
        <TextField
          name="confirm"
          label={t('confirm', { slug: tenant.slug })}
          value={confirm}
          onChange={setConfirm}
          monospace
          isRequired
          autoComplete="off"
          error={asked && differs ? t('confirmDiffers') : null}
        />
      )}
    </FormDialog>
  );
}
