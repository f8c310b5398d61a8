'use client';

import { useTranslations } from 'next-intl';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { stepUp } from '../api-client/sign-in.ts';
import { SecondFactorForm } from '../sign-in/second-factor-form.tsx';
import { leaveToSignIn } from './return-path.ts';
import { useSession } from './session-context.tsx';

/** Above whatever asked for it, which keeps everything that was typed; leaving it leaves the question unanswered. */
export default function StepUpDialog({ onAnswer }: { onAnswer: (proven: boolean) => void }) {
  const t = useTranslations('stepUp');
  const { secondFactors } = useSession();
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onAnswer(false)}
      className="fixed inset-0 z-[60] flex items-start justify-center overflow-auto bg-text/20 p-4 dark:bg-sunken/70"
    >
      <Modal className="floating mt-[12vh] mb-4 w-full max-w-md">
        <Dialog className="p-6 outline-none" aria-describedby="step-up-why">
          <Heading slot="title" className="mb-2 text-title font-medium">
            {t('title')}
          </Heading>
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
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
