'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createTenant } from '../api-client/platform.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { languageOptions } from '../i18n/language-options.ts';
import { AdministratorFields } from './administrator-fields.tsx';

interface NewTenantDialogProps {
  onClose: () => void;
  /** With whether the mail went out. */
  onDone: (email: string, isSent: boolean) => Promise<unknown>;
}

/** An organisation with its first administrator, who gets the invitation. */
export function NewTenantDialog({ onClose, onDone }: NewTenantDialogProps) {
  const t = useTranslations('platform');
  const organisation = useTranslations('organisation');
  const [slug, setSlug] = useState('');
  const [nameJa, setNameJa] = useState('');
  const [nameEn, setNameEn] = useState('');
  const [timeZone, setTimeZone] = useState<string | null>('Asia/Tokyo');
  const [language, setLanguage] = useState<'ja' | 'en'>('ja');
  const [admin, setAdmin] = useState({ displayName: '', email: '' });
  const wrongSlug = slug !== '' && !/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/.test(slug);
  return (
    <FormDialog
      title={t('createTitle')}
      action={t('createAction')}
      problemWords={{
        'slug-taken': t('slugTaken'),
        conflict: t('addressTaken'),
        'request-invalid': t('invalid'),
      }}
      problemFields={{ conflict: 'admin.email' }}
      onClose={onClose}
      onSubmit={async () => {
        const made = await createTenant({ slug, nameJa, nameEn, timeZone: timeZone ?? 'UTC', language, admin });
        await onDone(admin.email, made.invitationSent !== false);
      }}
    >
      <TextField
        name="slug"
        label={t('slug')}
        description={t('slugNote')}
        value={slug}
        onChange={setSlug}
        monospace
        isRequired
        maxLength={40}
        error={wrongSlug ? t('slugForm') : null}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="nameJa"
          label={organisation('nameJa')}
          value={nameJa}
          onChange={setNameJa}
          isRequired
          maxLength={120}
        />
        <TextField
          name="nameEn"
          label={organisation('nameEn')}
          value={nameEn}
          onChange={setNameEn}
          isRequired
          maxLength={120}
        />
        <SearchChoiceField
          name="timeZone"
          label={organisation('timeZone')}
          options={['UTC', ...Intl.supportedValuesOf('timeZone')].map((id) => ({ id, label: id }))}
          value={timeZone}
          onChange={setTimeZone}
          isRequired
        />
        <SelectField
          name="language"
          label={organisation('language')}
          options={languageOptions}
          value={language}
          onChange={setLanguage}
        />
        <AdministratorFields value={admin} onChange={setAdmin} />
      </div>
    </FormDialog>
  );
}
