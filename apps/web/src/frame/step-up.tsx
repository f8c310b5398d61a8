'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import { takeStepUpQuestions } from '../api-client/step-up.ts';

const StepUpDialog = lazy(() => import('./step-up-dialog.tsx'));

/** Asks for a fresh second factor whenever a call of this page needs one; the call waits, and so does its form. */
export function StepUp() {
  const [answer, setAnswer] = useState<((proven: boolean) => void) | null>(null);
  useEffect(
    () =>
      takeStepUpQuestions(
        () =>
          new Promise<boolean>((resolve) => {
            setAnswer(() => (proven: boolean) => {
              setAnswer(null);
              resolve(proven);
            });
          }),
      ),
    [],
  );
  if (answer === null) return null;
  return (
    <Suspense>
      <StepUpDialog onAnswer={answer} />
    </Suspense>
  );
}
