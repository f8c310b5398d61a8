'use client';

import { TextField } from '../forms/text-field.tsx';

interface CodeFieldProps {
  label: string;
  description: string;
  autoFocus?: boolean;
}

/** The code that an authenticator app shows; `typedCode` reads what was typed or pasted. */
export function CodeField(props: CodeFieldProps) {
  return (
    <TextField
      {...props}
      name="code"
      autoComplete="one-time-code"
      inputMode="numeric"
      maxLength={20}
      isRequired
      monospace
    />
  );
}
