'use client';

import type { FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { typedEntry } from '../forms/typed-entry.ts';
import { NewPasswordField } from './new-password-field.tsx';
import { SignInProblem } from '../factors/sign-in-problem.tsx';
import { useSending } from '../forms/use-sending.ts';

interface NewPasswordFormProps {
  person: { email: string; name: string };
  minLength: number;
  words: { submit: string; pending: string };
  onPassword: (password: string) => Promise<void>;
  onEnded?: () => void;
}

/** A person's new password, checked against the rules and against what is known of the person. */
export function NewPasswordForm({ person, minLength, words, onPassword, onEnded }: NewPasswordFormProps) {
  const { pending, error, send } = useSending(onEnded);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = typedEntry(new FormData(event.currentTarget), 'new-password');
    void send(() => onPassword(password));
  };
  return (
    <Form onSubmit={submit} className="grid gap-4">
      <SignInProblem error={error}>
        <NewPasswordField
          name="new-password"
          email={person.email}
          rules={{ minLength, personal: [person.email, person.name] }}
        />
      </SignInProblem>
      <Button type="submit" className="control control-primary justify-self-start">
        {pending ? words.pending : words.submit}
      </Button>
    </Form>
  );
}
