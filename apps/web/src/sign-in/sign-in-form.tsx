'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState, type FormEvent } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import { callApi } from '../api-client/call-api.ts';
import { LanguageSwitch } from '../frame/language-switch.tsx';
import { ThemeSwitch } from '../frame/theme-switch.tsx';
import { SealSquare } from '../seal/seal-mark.tsx';
import type { Session } from '../session/session.ts';

type Failure = 'refused' | 'tooMany' | 'unreachable';

export function SignInForm({ returnPath }: { returnPath: string }) {
  const t = useTranslations('signIn');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [pending, setPending] = useState(false);
  const message = useRef<HTMLParagraphElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const entries = new FormData(event.currentTarget);
    setPending(true);
    setFailure(null);
    try {
      const body = { email: entries.get('email'), password: entries.get('password') };
      await callApi<Session>({ method: 'POST', path: '/v1/session', body });
      // A full load: the server reads the new session and paints the first page with it.
      window.location.assign(returnPath);
    } catch (error) {
      setPending(false);
      setFailure(failureOf(error));
      requestAnimationFrame(() => message.current?.focus());
    }
  };

  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="flex items-center justify-center p-6">
        <div className="w-full max-w-[340px]">
          <p className="mb-8 flex items-center gap-2 text-title font-medium">
            <SealSquare state="sealed" size={28} /> Akashi
          </p>
          <h1 className="mb-4 text-title">{t('title')}</h1>
          <Form onSubmit={(event) => void submit(event)} className="grid gap-4">
            {failure && (
              <p ref={message} tabIndex={-1} role="alert" className="border-l-2 border-bad pl-3 text-bad">
                {t(`failures.${failure}`)}
              </p>
            )}
            <TextField name="email" type="email" isRequired autoComplete="username" className="grid gap-1">
              <Label>{t('email')}</Label>
              <Input className="field" spellCheck={false} />
            </TextField>
            <TextField
              name="password"
              type="password"
              isRequired
              autoComplete="current-password"
              className="grid gap-1"
            >
              <Label>{t('password')}</Label>
              <Input className="field" />
            </TextField>
            <Button type="submit" className="control control-primary mt-2">
              {pending ? t('pending') : t('submit')}
            </Button>
          </Form>
        </div>
      </main>
      <footer className="flex items-center justify-center gap-4 border-t border-line p-3">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}

/** A wrong password and an unknown address are told in the same words: neither says which addresses exist. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500) return 'unreachable';
  return error.status === 429 ? 'tooMany' : 'refused';
}
