'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, ComboBox, Group, Input, Label, ListBox, Popover } from 'react-aria-components';
import { FieldDescription, FieldMistake } from './field-notes.tsx';
import { fieldPlace, useFieldProblem } from './field-problems.tsx';
import { OptionItem } from './option-item.tsx';
import type { Option } from './select-field.tsx';

interface SearchChoiceFieldProps {
  label: string;
  /** The API's name for it, so that a refusal finds it. */
  name?: string;
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  /** What stands in the field, while it is being typed. */
  onTyped?: (text: string) => void;
  /** The person was in the field before it was drawn anew. */
  keepsFocus?: boolean;
  placeholder?: string;
  description?: string;
  error?: string | null | undefined;
  isRequired?: boolean;
  isDisabled?: boolean;
}

/** One of many: typing narrows the list. */
export function SearchChoiceField(props: SearchChoiceFieldProps) {
  const {
    label,
    name,
    options,
    value,
    onChange,
    onTyped,
    keepsFocus = false,
    placeholder,
    description,
    error,
    ...field
  } = props;
  const t = useTranslations('forms');
  const problem = useFieldProblem(name);
  return (
    <ComboBox
      {...field}
      {...fieldPlace(name, problem)}
      defaultItems={options}
      value={value}
      // What is chosen already is named at once, before the list has been built.
      defaultInputValue={options.find(({ id }) => id === value)?.label ?? ''}
      onChange={(key) => onChange(key === null ? null : String(key))}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where the focus was already
      autoFocus={keepsFocus}
      {...(onTyped === undefined ? {} : { onInputChange: onTyped })}
      isInvalid={Boolean(error ?? problem)}
      // Somebody who has just chosen is shown what they chose, and the list again once they type.
      menuTrigger={keepsFocus ? 'input' : 'focus'}
      // Options that come after the first letter find the list open.
      allowsEmptyCollection
      className="grid content-start gap-1"
    >
      <Label>{label}</Label>
      <Group className="relative">
        <Input className="field pr-9" {...(placeholder === undefined ? {} : { placeholder })} />
        <Button className="absolute inset-y-0 right-0 flex w-8 items-center justify-center">
          <ChevronDown size={16} aria-hidden />
        </Button>
      </Group>
      <FieldDescription text={description} />
      <FieldMistake text={error ?? problem} />
      <Popover className="floating w-(--trigger-width) max-w-[calc(100vw-16px)]">
        <ListBox
          className="max-h-72 overflow-auto p-1 outline-none"
          renderEmptyState={() => <p className="px-2 py-1 text-meta text-muted">{t('nothingToChoose')}</p>}
        >
          {(option: Option) => <OptionItem option={option} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
