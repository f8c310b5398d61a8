'use client';

import { useTranslations } from 'next-intl';
import { firstFactorCalls, type Enrolled } from '../api-client/sign-in.ts';
import type { Session } from '../session/session.ts';
import { StepTitle } from '../forms/step-title.tsx';
import { FactorEnrolment } from './factor-enrolment.tsx';

interface FirstFactorStepProps {
  session: Session;
  onEnrolled: (enrolled: Enrolled) => void;
  onEnded: () => void;
}

/** Nobody works here without a second factor: this step has no way around it. */
export function FirstFactorStep({ session, onEnrolled, onEnded }: FirstFactorStepProps) {
  const t = useTranslations('enrolment');
  return (
    <>
      <StepTitle>{t('title')}</StepTitle>
      <p className="mb-4 text-muted">{t('why')}</p>
      <FactorEnrolment calls={firstFactorCalls} email={session.user.email} onDone={onEnrolled} onEnded={onEnded} />
    </>
  );
}
