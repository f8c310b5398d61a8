'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { leaveToSignIn } from '../session/leave.ts';
import { countdown, type SessionEnd } from '../session/session-times.ts';

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
    <DialogFrame title={t('title')} width="narrow" layer="sessionEnd" isAlert describedBy="session-end">
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
    </DialogFrame>
  );
}
