'use client';

import { useTranslations } from 'next-intl';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { furtherFactorCalls } from '../api-client/profile.ts';
import { FactorEnrolment } from '../enrolment/factor-enrolment.tsx';

interface AddFactorDialogProps {
  email: string;
  onAdded: () => void;
  onClose: () => void;
}

/** The same steps as at the first sign-in, for one factor more. */
export function AddFactorDialog({ email, onAdded, onClose }: AddFactorDialogProps) {
  const t = useTranslations('profile.factors');
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      onOpenChange={(open) => !open && onClose()}
      className="fixed inset-0 z-50 flex items-start justify-center overflow-auto bg-text/20 p-4 dark:bg-sunken/70"
    >
      <Modal className="floating mt-[8vh] mb-4 w-full max-w-lg">
        <Dialog className="p-6 outline-none">
          <Heading slot="title" className="mb-4 text-title font-medium">
            {t('addTitle')}
          </Heading>
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
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
