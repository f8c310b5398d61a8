'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { LogReview, SignedAction } from '../api-client/log-reviews.ts';
import { KeyHint } from '../keyboard/key-hint.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { DelegateDialog } from './delegate-dialog.tsx';
import { submitButtonId } from './item-focus.ts';
import { itemsLeft } from './item-order.ts';
import { RecordDownloads } from './record-downloads.tsx';
import { SignDialog } from './sign-dialog.tsx';
import { hindrancesOf, stepsOf } from './steps-of.ts';

export type DayStep = SignedAction | 'delegate';

interface DayStepsProps {
  review: LogReview;
  /** The act whose dialog is open. */
  asked: DayStep | null;
  onAsk: (step: DayStep | null) => void;
}

/** What can be done with the whole day, and what stands in the way. */
export function DaySteps({ review, asked, onAsk }: DayStepsProps) {
  const t = useTranslations('logReviews');
  const steps = stepsOf(review);
  const hindrances = hindrancesOf(review);
  const isReady = steps.includes('submit') && itemsLeft(review) === 0 && hindrances.blocking.length === 0;
  const ask = (step: DayStep) => () => onAsk(step);
  const mayAsk = (step: SignedAction) => steps.includes(step) && (step !== 'submit' || isReady);
  useCommands({
    ...(mayAsk('submit') ? { 'review.submit': ask('submit') } : {}),
    ...(mayAsk('approve') ? { 'review.approve': ask('approve') } : {}),
    ...(mayAsk('return') ? { 'review.return': ask('return') } : {}),
  });
  const keys = { submit: 's', approve: 'a', return: 'r', addenda: null } as const;
  const first = steps[0];
  return (
    <section className="grid gap-2 border-t border-line pt-4">
      <ul className="grid gap-1">
        {isReady && hindrances.blocking.length === 0 && <li>{t('submitBar.ready')}</li>}
        {[...hindrances.blocking, ...hindrances.asked].map((hindrance) => (
          <li key={hindrance} className={hindrances.blocking.includes(hindrance) ? 'text-muted' : 'text-attention'}>
            {t(`hindrances.${hindrance}`)}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        {steps.map((step) => (
          <Button
            key={step}
            {...(step === first ? { id: submitButtonId } : {})}
            className={`control ${step === first && mayAsk(step) && step !== 'addenda' ? 'control-primary' : ''}`}
            isDisabled={!mayAsk(step)}
            onPress={ask(step)}
          >
            {t(`submitBar.${step}`)} {keys[step] !== null && mayAsk(step) && <Key name={keys[step]} />}
          </Button>
        ))}
        {review.may.delegate && (
          <Button className="control" onPress={ask('delegate')}>
            {t('submitBar.delegate')}
          </Button>
        )}
        <RecordDownloads review={review} />
      </div>
      {asked === 'delegate' && <DelegateDialog review={review} onClose={() => onAsk(null)} />}
      {asked !== null && asked !== 'delegate' && (
        <SignDialog review={review} action={asked} onClose={() => onAsk(null)} />
      )}
    </section>
  );
}

function Key({ name }: { name: string }) {
  return (
    <span className="[&_kbd]:border-current [&_kbd]:text-current">
      <KeyHint keys={name} />
    </span>
  );
}
