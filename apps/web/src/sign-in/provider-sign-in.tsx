'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { readProviders, startProvider } from '../api-client/sign-in.ts';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { SignInProblem } from '../factors/sign-in-problem.tsx';
import { useSending } from '../forms/use-sending.ts';

interface ProviderSignInProps {
  organisation: string | null;
  returnPath: string;
}

/**
 * Signing in with the organisation's own identity provider. Which organisation it is, a person says by its short name or
 * by a link that has it: a list of organisations is shown to nobody.
 */
export function ProviderSignIn({ organisation, returnPath }: ProviderSignInProps) {
  const t = useTranslations('providers');
  const [asked, setAsked] = useState(organisation);
  const [open, setOpen] = useState(organisation !== null);
  const answer = useQuery({
    queryKey: ['providers', asked],
    queryFn: ({ signal }) => readProviders(asked ?? '', signal),
    enabled: asked !== null,
  });
  const { pending, error, send } = useSending();
  const find = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setAsked(typedEntry(new FormData(event.currentTarget), 'organisation').trim().toLowerCase());
  };
  const start = (id: string) => send(async () => window.location.assign(await startProvider(id, returnPath)));
  if (!open) {
    return (
      <p className="mt-6 border-t border-line pt-3">
        <Button className="control control-quiet -ml-2 text-accent" onPress={() => setOpen(true)}>
          {t('open')}
        </Button>
      </p>
    );
  }
  return (
    <section aria-label={t('title')} className="mt-6 grid gap-4 border-t border-line pt-4">
      <h2 className="font-medium">{t('title')}</h2>
      <SignInProblem error={error ?? answer.error} />
      {answer.data?.map(({ id, name }) => (
        <Button key={id} className="control" onPress={() => void start(id)} isDisabled={pending}>
          {t('with', { name })}
        </Button>
      ))}
      {answer.data?.length === 0 && (
        <p role="status" className="text-muted">
          {t('none')}
        </p>
      )}
      {(answer.data?.length ?? 0) === 0 && (
        <Form onSubmit={find} className="grid gap-3">
          {/* oxlint-disable jsx-a11y/no-autofocus -- it was opened to be typed into */}
          <TextField
            name="organisation"
            label={t('organisation')}
            description={t('organisationNote')}
            defaultValue={organisation ?? ''}
            autoComplete="organization"
            isRequired
            autoFocus={organisation === null}
            maxLength={100}
          />
          {/* oxlint-enable jsx-a11y/no-autofocus */}
          <Button type="submit" className="control justify-self-start">
            {answer.isFetching ? t('pending') : t('find')}
          </Button>
        </Form>
      )}
    </section>
  );
}
