'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { FieldProblems } from '../forms/field-problems.tsx';
import { PasskeyProblem } from './passkeys.ts';
import { usePasswordRefusals } from './use-password-refusals.ts';

interface SignInProblemProps {
  error: unknown;
  /** The fields of the step; the one that the refusal is about says so itself. */
  children?: ReactNode;
}

const problemFields = { 'second-factor-failed': 'code', 'password-refused': 'new-password' };

/** Why a step of signing in did not work, in words that tell nothing about other people's accounts. */
export function SignInProblem({ error, children }: SignInProblemProps) {
  const t = useTranslations('signIn');
  const refusals = usePasswordRefusals();
  if (error instanceof PasskeyProblem) {
    return (
      <>
        <p role="alert" className="border-l-2 border-bad pl-3 text-bad">
          {t(`passkeyFailures.${error.failure}`)}
        </p>
        {children}
      </>
    );
  }
  const words = {
    ...refusals,
    'sign-in-failed': t('failures.refused'),
    'too-many-requests': t('failures.tooMany'),
    unreachable: t('failures.unreachable'),
    'second-factor-failed': t('failures.code'),
    'request-invalid': t('failures.shape'),
    'invitation-gone': t('failures.linkGone'),
    'provider-refused': t('failures.providerRefused'),
    'provider-unavailable': t('failures.providerUnavailable'),
    'audit-trail-unavailable': t('failures.unreachable'),
    'conflict/address-taken': t('failures.addressTaken'),
    'conflict/passkey-registered': t('passkeyFailures.known'),
  };
  return (
    <FieldProblems error={error} words={words} fields={problemFields}>
      {children}
    </FieldProblems>
  );
}
