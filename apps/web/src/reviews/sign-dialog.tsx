'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import {
  readSigningOptions,
  signReview,
  type LogReview,
  type SignedAction,
  type SigningOptions,
} from '../api-client/log-reviews.ts';
import { useDraft } from '../drafts/use-draft.ts';
import { provePasskey } from '../factors/passkeys.ts';
import { DialogFrame } from '../forms/dialog-frame.tsx';
import { useNotify } from '../forms/notices.tsx';
import { useSending } from '../forms/use-sending.ts';
import { leaveToSignIn } from '../session/leave.ts';
import { dayWords } from '../time/days.ts';
import { SignCheck } from './sign-check.tsx';
import { SignWords, type SignFields } from './sign-words.tsx';

interface SignDialogProps {
  review: LogReview;
  action: SignedAction;
  onClose: () => void;
}

/**
 * An act on the day that is signed: first what the person says, then exactly what will be signed and how. Nothing that was
 * typed is lost when it is left, refused, or interrupted by the end of the session.
 */
export function SignDialog({ review, action, onClose }: SignDialogProps) {
  const t = useTranslations('logReviews.sign');
  const locale = useLocale();
  const client = useQueryClient();
  const notify = useNotify();
  const { typed, type, drop } = useDraft<SignFields>(`sign:${review.day}:${action}`);
  const [options, setOptions] = useState<SigningOptions | null>(null);
  const { pending, error, send, forget } = useSending(leaveToSignIn);
  const statement = t(`statements.${action}`, { day: dayWords(review.day, locale, true) });
  const said = {
    statement,
    ...Object.fromEntries(
      Object.entries(typed).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
    ),
  };
  const check = () => send(async () => setOptions(await readSigningOptions(review.day, { action, ...said })));
  const sign = (passkey: SigningOptions['passkey']) =>
    send(async () => {
      const proof = passkey === null ? {} : { passkey: await provePasskey(passkey as { challenge: string }) };
      // A challenge is answered once: whatever comes of it, the next try has a new one.
      await signReview(review.day, action, { ...said, ...proof }).catch((failure: unknown) => {
        setOptions(null);
        throw failure;
      });
      drop();
      onClose();
      notify({ text: t(`done.${action}`) });
      await Promise.all(['log-reviews', 'findings'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    });
  return (
    <DialogFrame title={t(`titles.${action}`)} onClose={pending ? undefined : onClose}>
      {options === null ? (
        <SignWords
          review={review}
          action={action}
          statement={statement}
          typed={typed}
          onType={type}
          error={error}
          pending={pending}
          onCheck={() => void check()}
          onLeave={onClose}
        />
      ) : (
        <SignCheck
          review={review}
          action={action}
          said={said}
          options={options}
          error={error}
          pending={pending}
          onSign={(passkey) => void sign(passkey)}
          onBack={() => {
            forget();
            setOptions(null);
          }}
        />
      )}
    </DialogFrame>
  );
}
