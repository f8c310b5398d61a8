'use client';

import { KeyRound, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { EnrolmentCalls, TotpEnrolment } from '../api-client/sign-in.ts';
import { TextField } from '../forms/text-field.tsx';
import { arePasskeysPossible, createPasskey } from '../factors/passkeys.ts';
import { SignInProblem } from '../factors/sign-in-problem.tsx';
import { useSending } from '../forms/use-sending.ts';
import { TotpForm } from './totp-form.tsx';

interface FactorEnrolmentProps<Done> {
  calls: EnrolmentCalls<Done>;
  email: string;
  /** Somebody with several factors tells them apart by name. */
  isNamed?: boolean;
  onDone: (done: Done) => void;
  onEnded?: () => void;
  leave?: ReactNode;
}

const never = () => () => {};

/** A new second factor: an authenticator app, by a code to scan or to type, or a passkey. */
export function FactorEnrolment<Done>(props: FactorEnrolmentProps<Done>) {
  const { calls, email, isNamed = false, onDone, onEnded, leave } = props;
  const t = useTranslations('enrolment');
  const possible = useSyncExternalStore(never, arePasskeysPossible, () => true);
  const [name, setName] = useState('');
  const [totp, setTotp] = useState<TotpEnrolment | null>(null);
  const { pending, error, send } = useSending(onEnded);
  const given = name.trim();
  if (totp !== null) {
    return (
      <TotpForm
        totp={totp}
        email={email}
        confirm={(code) => calls.confirmTotp(totp.id, code)}
        onDone={onDone}
        {...(onEnded ? { onEnded } : {})}
        onBack={() => setTotp(null)}
      />
    );
  }
  const startTotp = () => send(async () => setTotp(await calls.startTotp(given)));
  const addPasskey = () =>
    send(async () => onDone(await calls.addPasskey(await createPasskey(await calls.passkeyOptions()), given)));
  return (
    <div className="grid gap-4">
      <SignInProblem error={error} />
      {isNamed && (
        <TextField
          label={t('name')}
          description={t('nameNote')}
          value={name}
          onChange={setName}
          maxLength={60}
          autoComplete="off"
        />
      )}
      <ul className="grid gap-3">
        <Way
          Icon={Smartphone}
          action={t('totp.choose')}
          note={t('totp.note')}
          isDisabled={pending}
          onPress={() => void startTotp()}
        />
        <Way
          Icon={KeyRound}
          action={t('passkey.choose')}
          note={possible ? t('passkey.note') : t('passkey.impossible')}
          isDisabled={pending || !possible}
          onPress={() => void addPasskey()}
        />
      </ul>
      {pending && (
        <p role="status" className="text-muted">
          {t('pending')}
        </p>
      )}
      {leave}
    </div>
  );
}

interface WayProps {
  Icon: typeof KeyRound;
  action: string;
  note: string;
  isDisabled: boolean;
  onPress: () => void;
}

function Way({ Icon, action, note, isDisabled, onPress }: WayProps) {
  return (
    <li className="grid justify-items-start gap-1">
      <Button className="control" isDisabled={isDisabled} onPress={onPress}>
        <Icon size={16} aria-hidden />
        {action}
      </Button>
      <span className="text-meta text-muted">{note}</span>
    </li>
  );
}
