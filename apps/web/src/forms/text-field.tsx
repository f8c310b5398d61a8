'use client';

import { Input, Label, TextArea, TextField as AriaTextField } from 'react-aria-components';
import { FieldDescription, FieldMistake } from './field-notes.tsx';
import { fieldPlace, useFieldProblem } from './field-problems.tsx';

interface TextFieldProps {
  label: string;
  /** The API's name for it, so that a refusal finds it: `admin.email`. */
  name?: string;
  type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'tel' | 'number' | 'date';
  value?: string;
  defaultValue?: string;
  onChange?: (value: string) => void;
  /** What to write, below the field; read out with it. */
  description?: string;
  /** What is wrong with the value, in words; empty or left out when nothing is. */
  error?: string | null | undefined;
  placeholder?: string;
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'email' | 'url';
  isRequired?: boolean;
  isDisabled?: boolean;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  maxLength?: number;
  /** More lines than one. */
  rows?: number;
  /** For codes, keys and addresses: one width for every character. */
  monospace?: boolean;
}

export function TextField({ label, description, error, placeholder, rows, monospace, ...field }: TextFieldProps) {
  const style = `field ${monospace ? 'font-mono text-record' : ''}`;
  const problem = useFieldProblem(field.name);
  const shared = { className: style, ...(placeholder === undefined ? {} : { placeholder }) };
  return (
    <AriaTextField
      {...field}
      {...fieldPlace(field.name, problem)}
      isInvalid={Boolean(error ?? problem)}
      className="grid content-start gap-1"
    >
      <Label>{label}</Label>
      {rows === undefined ? <Input {...shared} spellCheck={!monospace} /> : <TextArea {...shared} rows={rows} />}
      <FieldDescription text={description} />
      <FieldMistake text={error ?? problem} />
    </AriaTextField>
  );
}
