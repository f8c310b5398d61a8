'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { callApi } from '../api-client/call-api.ts';
import { sendSecondFactor, type Enrolled } from '../api-client/sign-in.ts';
import { FirstFactorStep } from '../enrolment/first-factor-step.tsx';
import { RecoveryCodesStep } from '../enrolment/recovery-codes-step.tsx';
import { adoptLanguage } from '../i18n/adopt-language.ts';
import type { Session } from '../session/session.ts';
import { PasswordChangeStep } from './password-change-step.tsx';
import { SecondFactorForm } from '../factors/second-factor-form.tsx';
import { StepTitle } from '../forms/step-title.tsx';

interface SignInStepsProps {
  /** A session that is not full yet. */
  begun: Session;
  returnPath: string;
  /** The sign-in took too long, was ended, or is for somebody else: back to the password. */
  onEnded: (why: 'expired' | 'left') => void;
}

/** What is due between the password and the first page. */
export function SignInSteps({ begun, returnPath, onEnded }: SignInStepsProps) {
  const t = useTranslations('signIn');
  const [session, setSession] = useState(begun);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const goOn = (next: Session) => {
    if (next.stage === 'full' && codes.length === 0) enter(next);
    else setSession(next);
  };
  const enter = ({ user }: Session) => {
    adoptLanguage(user.language);
    // A full load: the server reads the new session and paints the first page with it.
    window.location.assign(returnPath);
  };
  const keepCodes = ({ session: next, recoveryCodes }: Enrolled) => {
    setCodes(recoveryCodes);
    if (recoveryCodes.length === 0) goOn(next);
    else setSession(next);
  };
  const leave = () => {
    void callApi({ method: 'DELETE', path: '/v1/session', background: false })
      .catch(() => undefined)
      .finally(() => onEnded('left'));
  };
  const onExpired = () => onEnded('expired');

  if (codes.length > 0) {
    return (
      <RecoveryCodesStep
        codes={codes}
        email={session.user.email}
        onKept={() => {
          setCodes([]);
          if (session.stage === 'full') enter(session);
        }}
      />
    );
  }
  return (
    <>
      {session.stage === 'second-factor' && (
        <>
          <StepTitle takesFocus={false}>{t('secondFactorTitle')}</StepTitle>
          <SecondFactorForm
            kinds={session.secondFactors}
            purpose="second-factor"
            prove={async (proof) => goOn(await sendSecondFactor(proof))}
            onEnded={onExpired}
          />
          <p className="mt-3">
            <Link href="/forgotten" className="text-accent underline underline-offset-2">
              {t('lostFactor')}
            </Link>
          </p>
        </>
      )}
      {session.stage === 'enrolment' && (
        <FirstFactorStep session={session} onEnrolled={keepCodes} onEnded={onExpired} />
      )}
      {session.stage === 'password-change' && (
        <PasswordChangeStep session={session} onDone={goOn} onEnded={onExpired} />
      )}
      {session.stage !== 'full' && (
        <p className="mt-6 flex flex-wrap items-center gap-x-2 border-t border-line pt-3 text-meta text-muted">
          {t('as', { email: session.user.email })}
          <Button className="control control-quiet control-small text-accent" onPress={leave}>
            {t('notYou')}
          </Button>
        </p>
      )}
    </>
  );
}
