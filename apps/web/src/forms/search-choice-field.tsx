'use client';

import { ChevronDown } from 'lucide-react';
import {
  Button,
  ComboBox,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';
import type { Option } from './select-field.tsx';

interface SearchChoiceFieldProps {
  label: string;
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** What stands in the field, while it is being typed. */
  onTyped?: (text: string) => void;
  placeholder?: string;
  description?: string;
  error?: string | null | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
}

/** One of many: typing narrows the list. */
export function SearchChoiceField(props: SearchChoiceFieldProps) {
  const { label, options, value, onChange, onTyped, placeholder, description, error, ...field } = props;
  return (
    <ComboBox
      {...field}
      defaultItems={options}
      value={value}
      // What is chosen already is named at once, before the list has been built.
      defaultInputValue={options.find(({ id }) => id === value)?.label ?? ''}
      onChange={(key) => onChange(key === null ? null : String(key))}
      {...(onTyped === undefined ? {} : { onInputChange: onTyped })}
      isInvalid={Boolean(error)}
      menuTrigger="focus"
      className="grid content-start gap-1"
    >
      <Label>{label}</Label>
      <Group className="relative">
        <Input className="field pr-9" {...(placeholder === undefined ? {} : { placeholder })} />
        <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center">
          <ChevronDown size={16} aria-hidden />
        </Button>
      </Group>
      {description !== undefined && (
        <Text slot="description" className="text-meta text-muted">
          {description}
        </Text>
      )}
      <FieldError className="text-meta text-bad">{error || undefined}</FieldError>
      <Popover className="floating w-(--trigger-width) max-w-[calc(100vw-16px)]">
        <ListBox className="max-h-72 overflow-auto p-1 outline-none">
          {(option: Option) => (
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
    </ComboBox>
  );
}
