'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { changePassword, type Profile } from '../api-client/profile.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { useSession } from '../session/session-context.tsx';
import { NewPasswordField } from '../sign-in/new-password-field.tsx';
import { usePasswordRefusals } from '../factors/use-password-refusals.ts';
import { Moment } from '../time/moment.tsx';

export function PasswordSection({ profile }: { profile: Profile }) {
  const t = useTranslations('profile.password');
  const refusals = usePasswordRefusals();
  const notify = useNotify();
  const client = useQueryClient();
  const { passwordMinLength } = useSession();
  const [asked, setAsked] = useState(false);
  if (!profile.hasPassword) {
    return (
      <section>
        <h2 className="mb-1 font-medium">{t('title')}</h2>
        <p className="text-muted">{t('none')}</p>
      </section>
    );
  }
  return (
    <section>
      <h2 className="mb-1 font-medium">{t('title')}</h2>
      <p className="mb-3 text-muted">
        {t('changed')} <Moment at={profile.passwordChangedAt} precision="minute" none={t('never')} />
      </p>
      <Button className="control" onPress={() => setAsked(true)}>
        {t('change')}
      </Button>
      {asked && (
        <FormDialog
          title={t('change')}
          action={t('changeAction')}
          problemWords={{ ...refusals, 'sign-in-failed': t('wrong'), forbidden: t('wrong') }}
          problemFields={{
            'sign-in-failed': 'old-password',
            forbidden: 'old-password',
            'password-refused': 'new-password',
          }}
          onClose={() => setAsked(false)}
          onSubmit={async (entries) => {
            await changePassword(typedEntry(entries, 'old-password'), typedEntry(entries, 'new-password'));
            await client.invalidateQueries({ queryKey: ['profile'] });
            await client.invalidateQueries({ queryKey: ['own-sessions'] });
            notify({ text: t('done') });
          }}
        >
          {/* oxlint-disable jsx-a11y/no-autofocus -- a dialog opens at its first field */}
          <TextField
            name="old-password"
            type="password"
            label={t('old')}
            autoComplete="current-password"
            isRequired
            autoFocus
          />
          {/* oxlint-enable jsx-a11y/no-autofocus */}
          <NewPasswordField
            name="new-password"
            email={profile.email}
            rules={{ minLength: passwordMinLength, personal: [profile.email, profile.name] }}
          />
          <p className="text-meta text-muted">{t('note')}</p>
        </FormDialog>
      )}
    </section>
  );
}
