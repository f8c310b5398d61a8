'use client';

import type { TenantAdministrator } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import { TextField } from '../forms/text-field.tsx';

interface AdministratorFieldsProps {
  value: TenantAdministrator;
  onChange: (value: TenantAdministrator) => void;
}

/** Who of an organisation is invited first. */
export function AdministratorFields({ value, onChange }: AdministratorFieldsProps) {
  const t = useTranslations('platform');
  return (
    <>
      <TextField
        name="admin.displayName"
        label={t('adminName')}
        value={value.displayName}
        onChange={(displayName) => onChange({ ...value, displayName })}
        isRequired
        maxLength={120}
      />
      <TextField
        name="admin.email"
        label={t('adminEmail')}
        description={t('adminNote')}
        type="email"
        value={value.email}
        onChange={(email) => onChange({ ...value, email: email.trim() })}
        isRequired
      />
    </>
  );
}
