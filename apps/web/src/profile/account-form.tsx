'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { useRoleWord } from '../access/use-role-word.ts';
import { changeProfile, type Profile } from '../api-client/profile.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { useNotify } from '../forms/notices.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { rememberLocale } from '../i18n/adopt-language.ts';
import { languageOptions } from '../i18n/language-options.ts';
import { locales } from '../i18n/locale.ts';
import { useSending } from '../forms/use-sending.ts';
import { Moment } from '../time/moment.tsx';

const themes = ['system', 'light', 'dark'] as const;

/** Name and language, which go with the person; the theme, which stays with this browser. */
export function AccountForm({ profile }: { profile: Profile }) {
  const t = useTranslations('profile.account');
  const themeWord = useTranslations('frame.themes');
  const roleWord = useRoleWord();
  const notify = useNotify();
  const client = useQueryClient();
  const router = useRouter();
  const { theme, setTheme } = useTheme();
  const [name, setName] = useState(profile.name);
  const [language, setLanguage] = useState(locales.find((known) => known === profile.language) ?? 'ja');
  const { pending, error, send } = useSending();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void send(async () => {
      await changeProfile({ name, language });
      await client.invalidateQueries({ queryKey: ['profile'] });
      rememberLocale(language);
      // The name and the words of the frame come from the server.
      router.refresh();
      notify({ text: t('saved') });
    });
  };
  return (
    <div className="grid max-w-xl gap-8">
      <Form onSubmit={submit} className="grid gap-4">
        <FieldProblems error={error} words={{ 'request-invalid': t('nameInvalid') }}>
          <TextField
            name="name"
            label={t('name')}
            value={name}
            onChange={setName}
            isRequired
            maxLength={100}
            autoComplete="name"
            description={t('nameNote')}
          />
          <RadioChoices label={t('language')} value={language} onChange={setLanguage} options={languageOptions} />
          <Button type="submit" className="control control-primary justify-self-start">
            {pending ? t('pending') : t('save')}
          </Button>
        </FieldProblems>
      </Form>
      <section className="border-t border-line pt-4">
        <RadioChoices
          label={t('theme')}
          description={t('themeNote')}
          value={themes.find((known) => known === theme) ?? 'system'}
          onChange={setTheme}
          options={themes.map((id) => ({ id, label: themeWord(id) }))}
        />
      </section>
      <section className="border-t border-line pt-4">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
          <dt className="text-muted">{t('email')}</dt>
          <dd>{profile.email}</dd>
          <dt className="text-muted">{t('role')}</dt>
          <dd>{roleWord(profile.role)}</dd>
          <dt className="text-muted">{t('groups')}</dt>
          <dd>{profile.groups.length === 0 ? t('noGroups') : profile.groups.join(t('separator'))}</dd>
          {profile.accessUntil !== null && (
            <>
              <dt className="text-muted">{t('accessUntil')}</dt>
              <dd>
                <Moment at={profile.accessUntil} precision="minute" />
              </dd>
            </>
          )}
        </dl>
        <p className="mt-2 text-meta text-muted">{t('givenNote')}</p>
      </section>
    </div>
  );
}
