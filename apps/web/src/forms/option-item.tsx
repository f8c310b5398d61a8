'use client';

import { ListBoxItem, Text } from 'react-aria-components';
import type { Option } from './select-field.tsx';

/** One line of a list to choose from: its word, and what it means below. */
export function OptionItem({ option }: { option: Option }) {
  return (
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
  );
}

/** The same beside a box or a circle. */
export function OptionText({ option }: { option: Option }) {
  return (
    <span>
      {option.label}
      {option.description !== undefined && <span className="block text-meta text-muted">{option.description}</span>}
    </span>
  );
}
