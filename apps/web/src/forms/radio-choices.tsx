'use client';

import { Label, Radio, RadioGroup } from 'react-aria-components';
import { FieldDescription, FieldMistake } from './field-notes.tsx';
import { OptionText } from './option-item.tsx';
import type { Option } from './select-field.tsx';

interface RadioChoicesProps<Id extends string> {
  label: string;
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (value: Id) => void;
  description?: string;
  error?: string | null | undefined;
  isDisabled?: boolean;
}

/** One of a few that are worth seeing at once, with what each means. */
export function RadioChoices<Id extends string>(props: RadioChoicesProps<Id>) {
  const { label, options, value, onChange, description, error, ...field } = props;
  return (
    <RadioGroup
      {...field}
      value={value}
      onChange={(chosen) => onChange(chosen as Id)}
      isInvalid={Boolean(error)}
      className="grid content-start gap-1"
    >
      <Label>{label}</Label>
      <FieldDescription text={description} />
      {options.map((option) => (
        <Radio
          key={option.id}
          value={option.id}
          className="group flex min-h-6 items-start gap-2 data-[disabled]:text-faint"
        >
          <span className="mt-[3px] size-4 shrink-0 rounded-full border border-edge bg-raised group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent group-data-[selected]:border-[5px] group-data-[selected]:border-accent" />
          <OptionText option={option} />
        </Radio>
      ))}
      <FieldMistake text={error} />
    </RadioGroup>
  );
}
