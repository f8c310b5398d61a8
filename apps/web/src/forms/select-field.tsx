'use client';

import { ChevronDown } from 'lucide-react';
import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components';

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
  return (
    <Select
      {...field}
      {...(placeholder === undefined ? {} : { placeholder })}
      value={value}
      onChange={(key) => key !== null && onChange(key as Id)}
      isInvalid={Boolean(error)}
      className="grid content-start gap-1"
    >
      <Label>{label}</Label>
      <Button className="control w-full !justify-between">
        <SelectValue className="min-w-0 truncate data-[placeholder]:text-faint [&_[slot=description]]:hidden" />
        <ChevronDown size={16} aria-hidden />
      </Button>
      {description !== undefined && (
        <Text slot="description" className="text-meta text-muted">
          {description}
        </Text>
      )}
      <FieldError className="text-meta text-bad">{error || undefined}</FieldError>
      <Popover className="floating min-w-(--trigger-width) max-w-[calc(100vw-16px)]">
        <ListBox className="max-h-80 overflow-auto p-1 outline-none" items={options}>
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="flex min-h-8 flex-col justify-center rounded-[4px] px-2 py-1 data-[focused]:bg-selection data-[selected]:font-medium"
            >
              <Text slot="label">{option.label}</Text>
              {option.description !== undefined && (
                <Text slot="description" className="text-meta font-normal text-muted">
                  {option.description}
                </Text>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
