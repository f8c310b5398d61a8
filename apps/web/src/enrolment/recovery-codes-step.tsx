'use client';

import { useTranslations } from 'next-intl';
import { StepTitle } from '../forms/step-title.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface RecoveryCodesStepProps {
  codes: readonly string[];
  email: string;
  onKept: () => void;
}

export function RecoveryCodesStep(props: RecoveryCodesStepProps) {
  const t = useTranslations('recoveryCodes');
  return (
    <>
      <StepTitle>{t('title')}</StepTitle>
      <RecoveryCodes {...props} action={t('goOn')} />
    </>
  );
}
