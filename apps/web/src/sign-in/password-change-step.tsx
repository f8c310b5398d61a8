'use client';

import { useTranslations } from 'next-intl';
import { sendFirstPassword } from '../api-client/sign-in.ts';
import type { Session } from '../session/session.ts';
import { NewPasswordForm } from './new-password-form.tsx';
import { StepTitle } from '../forms/step-title.tsx';

interface PasswordChangeStepProps {
  session: Session;
  onDone: (session: Session) => void;
  onEnded: () => void;
}

export function PasswordChangeStep({ session, onDone, onEnded }: PasswordChangeStepProps) {
  const t = useTranslations('passwordChange');
  return (
    <>
      <StepTitle>{t('title')}</StepTitle>
      <p className="mb-4 text-muted">{t('due')}</p>
      <NewPasswordForm
        person={session.user}
        minLength={session.passwordMinLength}
        words={{ submit: t('submit'), pending: t('pending') }}
        onPassword={async (password) => onDone(await sendFirstPassword(password))}
        onEnded={onEnded}
      />
    </>
  );
}
