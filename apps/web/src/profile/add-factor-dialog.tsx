'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { furtherFactorCalls } from '../api-client/profile.ts';
import { FactorEnrolment } from '../enrolment/factor-enrolment.tsx';
import { DialogFrame } from '../forms/dialog-frame.tsx';

interface AddFactorDialogProps {
  email: string;
  onAdded: () => void;
  onClose: () => void;
}

/** The same steps as at the first sign-in, for one factor more. */
export function AddFactorDialog({ email, onAdded, onClose }: AddFactorDialogProps) {
  const t = useTranslations('profile.factors');
  return (
    <DialogFrame title={t('addTitle')} onClose={onClose}>
      <FactorEnrolment
        calls={furtherFactorCalls}
        email={email}
        isNamed
        onDone={onAdded}
        leave={
          <Button className="control justify-self-end" onPress={onClose}>
            {t('cancel')}
          </Button>
        }
      />
    </DialogFrame>
  );
}
