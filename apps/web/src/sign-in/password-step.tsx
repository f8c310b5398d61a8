'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { FormEvent } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { sendPassword } from '../api-client/sign-in.ts';
import { typedEntry } from '../forms/typed-entry.ts';
import type { Session } from '../session/session.ts';
import { SignInProblem } from '../factors/sign-in-problem.tsx';
import { useSending } from '../forms/use-sending.ts';

interface PasswordStepProps {
  onDone: (session: Session) => void;
}

/** Address and password. A wrong password and an unknown address are told in the same words. */
export function PasswordStep({ onDone }: PasswordStepProps) {
  const t = useTranslations('signIn');
  const { pending, error, send } = useSending();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = new FormData(event.currentTarget);
    void send(async () => onDone(await sendPassword(typedEntry(entries, 'email'), typedEntry(entries, 'password'))));
  };
  return (
    <Form onSubmit={submit} className="grid gap-4">
      <SignInProblem error={error} />
      <TextField name="email" type="email" isRequired autoComplete="username" className="grid gap-1">
        <Label>{t('email')}</Label>
        <Input className="field" spellCheck={false} />
      </TextField>
      <TextField name="password" type="password" isRequired autoComplete="current-password" className="grid gap-1">
        <Label>{t('password')}</Label>
        <Input className="field" />
      </TextField>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-3">
        <Button type="submit" className="control control-primary">
          {pending ? t('pending') : t('submit')}
        </Button>
        <Link href="/forgotten" className="text-accent underline underline-offset-2">
          {t('forgotten')}
        </Link>
      </div>
    </Form>
  );
}
