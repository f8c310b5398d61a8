'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { stepUp } from '../api-client/sign-in.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { SecondFactorForm } from '../factors/second-factor-form.tsx';
import { leaveToSignIn } from '../session/leave.ts';
import { useSession } from '../session/session-context.tsx';

/** Above whatever asked for it, which keeps everything that was typed; leaving it leaves the question unanswered. */
export default function StepUpDialog({ onAnswer }: { onAnswer: (proven: boolean) => void }) {
  const t = useTranslations('stepUp');
  const { secondFactors } = useSession();
  return (
    <DialogFrame
      title={t('title')}
      width="narrow"
      layer="stepUp"
      describedBy="step-up-why"
      onClose={() => onAnswer(false)}
    >
      <p id="step-up-why" className="mb-4 text-muted">
        {t('why')}
      </p>
      <SecondFactorForm
        kinds={secondFactors}
        purpose="step-up"
        prove={async (proof) => {
          await stepUp(proof);
          onAnswer(true);
        }}
        onEnded={leaveToSignIn}
        leave={
          <Button className="control" onPress={() => onAnswer(false)}>
            {t('leave')}
          </Button>
        }
      />
    </DialogFrame>
  );
}
