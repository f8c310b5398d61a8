'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { sendFirstPassword } from '../api-client/sign-in.ts';
import { typedEntry } from '../forms/typed-entry.ts';
import type { Session } from '../session/session.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { SignInProblem } from './sign-in-problem.tsx';
import { StepTitle } from './step-title.tsx';
import { useSending } from './use-sending.ts';

interface PasswordChangeStepProps {
  session: Session;
  onDone: (session: Session) => void;
  onEnded: () => void;
}

export function PasswordChangeStep({ session, onDone, onEnded }: PasswordChangeStepProps) {
  const t = useTranslations('passwordChange');
  const { pending, error, send } = useSending(onEnded);
  const { user } = session;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = typedEntry(new FormData(event.currentTarget), 'new-password');
    void send(async () => onDone(await sendFirstPassword(text)));
  };
  return (
    <>
      <StepTitle>{t('title')}</StepTitle>
      <p className="mb-4 text-muted">{t('due')}</p>
      <Form onSubmit={submit} className="grid gap-4">
        <SignInProblem error={error} />
        <NewPasswordField
          name="new-password"
          email={user.email}
          rules={{ minLength: session.passwordMinLength, personal: [user.email, user.name] }}
        />
        <Button type="submit" className="control control-primary justify-self-start">
          {pending ? t('pending') : t('submit')}
        </Button>
      </Form>
    </>
  );
}
