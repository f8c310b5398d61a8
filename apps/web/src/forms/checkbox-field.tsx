'use client';

import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { FieldDescription, FieldMistake } from './field-notes.tsx';
import { fieldPlace, useFieldProblem } from './field-problems.tsx';
import { OptionText } from './option-item.tsx';
import type { Option } from './select-field.tsx';

interface CheckboxFieldProps {
  label: ReactNode;
  value?: boolean;
  onChange?: (value: boolean) => void;
  name?: string;
  /** Some of what it stands for are chosen, some not. */
  isIndeterminate?: boolean;
  isDisabled?: boolean;
  isRequired?: boolean;
}

export function CheckboxField({ label, value, onChange, ...field }: CheckboxFieldProps) {
  return (
    <Checkbox
      {...field}
      {...(value === undefined ? {} : { isSelected: value })}
      {...(onChange === undefined ? {} : { onChange })}
      className={checkboxStyle}
    >
      {({ isIndeterminate }) => (
        <>
          <Box indeterminate={isIndeterminate} />
          <span>{label}</span>
        </>
      )}
    </Checkbox>
  );
}

interface CheckboxChoicesProps<Id extends string> {
  label: string;
  /** The API's name for it, so that a refusal finds it. */
  name?: string;
  options: readonly Option<Id>[];
  value: readonly Id[];
  onChange: (value: Id[]) => void;
  description?: string;
  error?: string | null | undefined;
  isDisabled?: boolean;
}

/** Any number out of a few. */
export function CheckboxChoices<Id extends string>(props: CheckboxChoicesProps<Id>) {
  const { label, options, value, onChange, description, error, ...field } = props;
  const problem = useFieldProblem(field.name);
  return (
    <CheckboxGroup
      {...field}
      {...fieldPlace(field.name, problem)}
      value={[...value]}
      onChange={(chosen) => onChange(chosen as Id[])}
      isInvalid={Boolean(error ?? problem)}
      className="grid content-start gap-1"
    >
      <Label data-label>{label}</Label>
      <FieldDescription text={description} />
      {options.map((option) => (
        <Checkbox key={option.id} value={option.id} className={checkboxStyle}>
          <Box indeterminate={false} />
          <OptionText option={option} />
        </Checkbox>
      ))}
      <FieldMistake text={error ?? problem} />
    </CheckboxGroup>
  );
}

const checkboxStyle = 'group flex min-h-6 items-start gap-2 data-[disabled]:text-faint';

function Box({ indeterminate }: { indeterminate: boolean }) {
  const Mark = indeterminate ? Minus : Check;
  return (
    <span className="mt-[3px] flex size-4 shrink-0 items-center justify-center rounded-[3px] border border-edge bg-raised group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent group-data-[indeterminate]:border-accent group-data-[indeterminate]:bg-accent group-data-[selected]:border-accent group-data-[selected]:bg-accent">
      <Mark
        size={12}
        strokeWidth={3}
        aria-hidden
        className="text-on-accent opacity-0 group-data-[indeterminate]:opacity-100 group-data-[selected]:opacity-100"
      />
    </span>
  );
}
