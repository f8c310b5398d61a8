'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Session } from '../session/session.ts';
import { PasswordStep } from './password-step.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { SignInSteps } from './sign-in-steps.tsx';
import { StepTitle } from '../forms/step-title.tsx';

interface SignInProps {
  returnPath: string;
  /** A sign-in that was begun before this page was loaded. */
  begun: Session | null;
  /** The short name of the organisation whose providers are offered. */
  organisation: string | null;
  /** Why an identity provider's sign-in led back here. */
  providerProblem: 'refused' | 'unavailable' | null;
}

export function SignIn({ returnPath, begun, organisation, providerProblem }: SignInProps) {
  const t = useTranslations('signIn');
  const [session, setSession] = useState(begun);
  const [again, setAgain] = useState<'expired' | 'left' | null>(null);
  const begin = (next: Session) => {
    setAgain(null);
    if (next.stage === 'full') window.location.assign(returnPath);
    else setSession(next);
  };
  if (session !== null) {
    const startAgain = (why: 'expired' | 'left') => {
      setSession(null);
      setAgain(why);
    };
    return (
      <SignInFrame>
        <SignInSteps begun={session} returnPath={returnPath} onEnded={startAgain} />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame>
      <StepTitle takesFocus={again !== null}>{t('title')}</StepTitle>
      {again === 'expired' && (
        <p role="alert" className="mb-4 border-l-2 border-attention pl-3">
          {t('expired')}
        </p>
      )}
      {providerProblem !== null && (
        <p role="alert" className="mb-4 border-l-2 border-bad pl-3 text-bad">
          {t(providerProblem === 'refused' ? 'failures.providerRefused' : 'failures.providerUnavailable')}
        </p>
      )}
      <PasswordStep onDone={begin} />
      <ProviderSignIn organisation={organisation} returnPath={returnPath} />
    </SignInFrame>
  );
}
