'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { putQuotas, type PlatformTenant, type QuotasChange } from '../api-client/platform.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { tenantName } from '../session/session.ts';

interface QuotasDialogProps {
  tenant: PlatformTenant;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** Bytes are typed in MiB and GiB. */
const fields = [
  ['bytesPerSecond', 1024 ** 2],
  ['burstBytes', 1024 ** 2],
  ['recordsPerSecond', 1],
  ['burstRecords', 1],
  ['storageBytes', 1024 ** 3],
  ['concurrentSearches', 1],
] as const;
type Quota = (typeof fields)[number][0];

/** What one organisation may use; an empty field takes back the installation's default. */
export function QuotasDialog({ tenant, onClose, onDone }: QuotasDialogProps) {
  const t = useTranslations('platform.quotas');
  const locale = useLocale();
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      fields.map(([name, unit]) => {
        const value = tenant.quotas[name];
        return [name, tenant.ownQuotas.includes(name) && value !== null ? String(value / unit) : ''];
      }),
    ),
  );
  return (
    <FormDialog
      title={t('title', { name: tenantName(tenant, locale) })}
      action={t('save')}
      problemWords={{ 'request-invalid': t('invalid') }}
      onClose={onClose}
      onSubmit={async () => {
        await putQuotas(tenant.id, quotasOf(typed));
        await onDone();
      }}
    >
      <p className="text-muted">{t('text')}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map(([name, unit]) => (
          <TextField
            key={name}
            name={name}
            label={t(`names.${name}`)}
            description={now(name, unit)}
            type="number"
            inputMode="numeric"
            value={typed[name] ?? ''}
            onChange={(value) => setTyped((last) => ({ ...last, [name]: value }))}
          />
        ))}
      </div>
    </FormDialog>
  );

  function now(name: Quota, unit: number): string {
    const value = tenant.quotas[name];
    return value === null ? t('nowNone') : t('now', { value: value / unit });
  }
}

function quotasOf(typed: Readonly<Record<string, string>>): QuotasChange {
  const wanted = fields.flatMap(([name, unit]) => {
    const text = (typed[name] ?? '').trim();
    return text === '' ? [] : [[name, Math.round(Number(text) * unit)] as const];
  });
  return Object.fromEntries(wanted);
}
