'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore, type FormEvent, type ReactNode } from 'react';
import { Button, Form } from 'react-aria-components';
import { readPasskeyOptions, type SecondFactorRequest } from '../api-client/sign-in.ts';
import { TextField } from '../forms/text-field.tsx';
import { typedEntry } from '../forms/typed-entry.ts';
import { CodeField } from './code-field.tsx';
import { arePasskeysPossible, provePasskey } from './passkeys.ts';
import { typedCode } from './typed-code.ts';
import { SignInProblem } from './sign-in-problem.tsx';
import { useSending } from '../forms/use-sending.ts';

export type SecondFactorKind = 'totp' | 'passkey' | 'recovery-code';

interface SecondFactorFormProps {
  kinds: readonly SecondFactorKind[];
  purpose: 'second-factor' | 'step-up';
  prove: (proof: SecondFactorRequest) => Promise<void>;
  onEnded: () => void;
  /** A button that leaves, beside the one that sends. */
  leave?: ReactNode;
}

const order: readonly SecondFactorKind[] = ['totp', 'passkey', 'recovery-code'];
const never = () => () => {};

/** One way at a time to prove the second factor; the others are a press away. */
export function SecondFactorForm({ kinds, purpose, prove, onEnded, leave }: SecondFactorFormProps) {
  const t = useTranslations('secondFactor');
  const ways = order.filter((kind) => kinds.includes(kind));
  const possible = useSyncExternalStore(never, arePasskeysPossible, () => true);
  const [kind, setKind] = useState<SecondFactorKind>(ways[0] ?? 'totp');
  const { pending, error, send } = useSending(onEnded);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = typedEntry(new FormData(event.currentTarget), 'code');
    void send(async () => {
      if (kind === 'totp') return prove({ code: typedCode(text) });
      if (kind === 'recovery-code') return prove({ recoveryCode: text.normalize('NFKC').trim() });
      return prove({ passkey: await provePasskey(await readPasskeyOptions(purpose)) });
    });
  };
  return (
    <Form onSubmit={submit} className="grid gap-4">
      <SignInProblem error={error}>
        {/* oxlint-disable jsx-a11y/no-autofocus -- the step has one field, and opens to be typed into */}
        {kind === 'totp' && <CodeField label={t('code')} description={t('codeNote')} autoFocus />}
        {kind === 'recovery-code' && (
          <TextField
            name="code"
            label={t('recoveryCode')}
            description={t('recoveryNote')}
            autoComplete="off"
            maxLength={60}
            isRequired
            autoFocus
            monospace
          />
        )}
        {/* oxlint-enable jsx-a11y/no-autofocus */}
      </SignInProblem>
      {kind === 'passkey' && <p className="text-muted">{possible ? t('passkeyNote') : t('passkeyImpossible')}</p>}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" className="control control-primary" isDisabled={kind === 'passkey' && !possible}>
          {kind === 'passkey' && <KeyRound size={16} aria-hidden />}
          {pending ? t('pending') : t(`send.${kind}`)}
        </Button>
        {leave}
      </div>
      {ways.length > 1 && (
        <div className="border-t border-line pt-3">
          <p className="mb-1 text-meta text-muted">{t('otherWays')}</p>
          <ul className="-ml-2 grid justify-items-start">
            {ways
              .filter((way) => way !== kind)
              .map((way) => (
                <li key={way}>
                  <Button className="control control-quiet text-accent" onPress={() => setKind(way)}>
                    {t(`use.${way}`)}
                  </Button>
                </li>
              ))}
          </ul>
        </div>
      )}
    </Form>
  );
}
