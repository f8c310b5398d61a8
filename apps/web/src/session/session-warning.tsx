'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { leaveToSignIn } from './return-path.ts';
import { countdown, type SessionEnd } from './session-times.ts';

/** Any key or press goes on; the button says so. A session at its full length cannot go on: then it says that. */
export default function SessionWarning({ end, onStay }: { end: SessionEnd; onStay: () => void }) {
  const t = useTranslations('sessionEnd');
  const [left, setLeft] = useState(() => end.at - performance.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(end.at - performance.now()), 1000);
    return () => clearInterval(timer);
  }, [end]);
  const idle = end.by === 'idle';
  return (
    <ModalOverlay
      isOpen
      isKeyboardDismissDisabled
      className="fixed inset-0 z-[70] flex items-start justify-center bg-text/20 p-4 dark:bg-sunken/70"
    >
      <Modal className="floating mt-[12vh] w-full max-w-md">
        <Dialog role="alertdialog" aria-describedby="session-end" className="p-6 outline-none">
          <Heading slot="title" className="mb-2 text-title font-medium">
            {t('title')}
          </Heading>
          <p id="session-end" className="mb-2">
            {idle ? t('idle') : t('length')}
          </p>
          <p className="mb-4 text-figure" role="timer" aria-live="off">
            {countdown(left)}
          </p>
          {/* oxlint-disable jsx-a11y/no-autofocus -- the next key is the answer */}
          {idle ? (
            <Button className="control control-primary" autoFocus onPress={onStay}>
              {t('stay')}
            </Button>
          ) : (
            <Button className="control control-primary" autoFocus onPress={leaveToSignIn}>
              {t('signIn')}
            </Button>
          )}
          {/* oxlint-enable jsx-a11y/no-autofocus */}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
