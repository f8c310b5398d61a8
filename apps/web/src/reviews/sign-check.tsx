'use client';

import { KeyRound, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { LogReview, ReviewSigning, SignedAction, SigningOptions } from '../api-client/log-reviews.ts';
import { arePasskeysPossible, PasskeyProblem } from '../factors/passkeys.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { useSignProblemWords } from './use-sign-problem-words.ts';

interface SignCheckProps {
  review: LogReview;
  action: SignedAction;
  said: ReviewSigning;
  options: SigningOptions;
  error: unknown;
  pending: boolean;
  /** With the options of the person's signing credential, or null for the product's key after a one-time code. */
  onSign: (passkey: SigningOptions['passkey']) => void;
  onBack: () => void;
}

/** Exactly what is signed, by what; the last step before a signature that nobody can take back. */
export function SignCheck({ review, action, said, options, error, pending, onSign, onBack }: SignCheckProps) {
  const t = useTranslations('logReviews.sign');
  const inReviews = useTranslations('logReviews');
  const forms = useTranslations('forms');
  const problemWords = useSignProblemWords();
  const hasPasskey = options.passkey !== null && arePasskeysPossible();
  const [byCode, setByCode] = useState(!hasPasskey);
  const Icon = byCode ? Smartphone : KeyRound;
  const isOptional = action === 'submit' || action === 'approve';
  const words = [
    { label: isOptional ? inReviews('comment') : t(`comments.${action}`), text: said.comment },
    { label: t('lateReason'), text: said.lateReason },
    { label: t('separationReason'), text: said.separationReason },
  ];
  const exceptions = review.items.filter(({ state }) => state === 'exception').length;
  return (
    <div className="grid gap-4">
      {error instanceof PasskeyProblem ? (
        <p role="alert" className="border-l-2 border-bad pl-3 text-bad">
          {t(error.failure === 'impossible' ? 'passkeyImpossible' : 'passkeyNotDone')}
        </p>
      ) : (
        <FormProblem error={error} words={problemWords} />
      )}
      <section aria-label={t('what')} className="grid gap-2 border-l-2 border-edge pl-3">
        <p>{said.statement}</p>
        {words.map(
          ({ label, text }) =>
            text !== undefined && (
              <p key={label} className="whitespace-pre-wrap">
                <span className="block text-meta text-muted">{label}</span>
                {text}
              </p>
            ),
        )}
        <p className="text-meta text-muted">{t('summary', { items: review.items.length, exceptions })}</p>
        <p className="text-meta text-muted">
          {t('hash')} <code className="font-mono break-all select-all">{options.recordSha256}</code>
        </p>
      </section>
      <p className="flex gap-2 text-muted">
        <Icon size={16} aria-hidden className="mt-[3px] shrink-0" />
        {t(byCode ? 'byCode' : 'byPasskey')}
      </p>
      <p className="text-meta text-muted">{t('irrevocable')}</p>
      <div className="flex flex-wrap justify-end gap-3">
        {hasPasskey && (
          <Button className="control control-quiet text-accent" isDisabled={pending} onPress={() => setByCode(!byCode)}>
            {t(byCode ? 'usePasskey' : 'useCode')}
          </Button>
        )}
        <Button className="control" onPress={onBack} isDisabled={pending}>
          {t('back')}
        </Button>
        {/* oxlint-disable jsx-a11y/no-autofocus -- what is signed was read on the way here, and the act has its own step */}
        <Button autoFocus className="control control-primary" onPress={() => onSign(byCode ? null : options.passkey)}>
          {pending ? forms('pending') : t(`actions.${action}`)}
        </Button>
        {/* oxlint-enable jsx-a11y/no-autofocus */}
      </div>
    </div>
  );
}
