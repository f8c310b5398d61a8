'use client';

import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, Popover, Select, SelectValue } from 'react-aria-components';
import { FieldDescription, FieldMistake } from './field-notes.tsx';
import { fieldPlace, useFieldProblem } from './field-problems.tsx';
import { OptionItem } from './option-item.tsx';

export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  description?: string;
}

interface SelectFieldProps<Id extends string> {
  label: string;
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (value: Id) => void;
  /** What stands in the field before anything is chosen. */
  placeholder?: string;
  description?: string;
  error?: string | null | undefined;
  name?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
}

/** One of a few. For one of many, or of what the server knows, a search field with a list is the better choice. */
export function SelectField<Id extends string>(props: SelectFieldProps<Id>) {
  const { label, options, value, onChange, placeholder, description, error, ...field } = props;
  const problem = useFieldProblem(field.name);
  return (
    <Select
      {...field}
      {...fieldPlace(field.name, problem)}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={value}
      onChange={(key) => key !== null && onChange(key as Id)}
      isInvalid={Boolean(error ?? problem)}
      className="grid content-start gap-1"
    >
      <Label>{label}</Label>
      <Button className="control w-full !justify-between">
        <SelectValue className="min-w-0 truncate data-[placeholder]:text-faint [&_[slot=description]]:hidden" />
        <ChevronDown size={16} aria-hidden />
      </Button>
      <FieldDescription text={description} />
      <FieldMistake text={error ?? problem} />
      <Popover className="floating min-w-(--trigger-width) max-w-[calc(100vw-16px)]">
        <ListBox className="max-h-80 overflow-auto p-1 outline-none" items={options}>
          {(option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </Select>
  );
}
