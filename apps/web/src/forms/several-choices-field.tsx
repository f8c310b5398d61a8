'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, Label, Tag, TagGroup, TagList, Text } from 'react-aria-components';
import { SearchChoiceField } from './search-choice-field.tsx';
import type { Option } from './select-field.tsx';

interface SeveralChoicesFieldProps {
  label: string;
  /** The API's name for it, so that a refusal finds it. */
  name?: string;
  description: string;
  /** Names the list of what is chosen, for readers by ear. */
  chosenLabel: string;
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
  /** The word on what is chosen; its option's label when left out. */
  nameOf?: (id: string) => string;
  /** What follows from choosing any. */
  consequence?: string;
  /** Offers what is typed as it is, when it is none of the options. */
  offerTyped?: (typed: string) => string;
}

/** Any number out of many, one after the other: typing narrows the list, and each can be taken off again. */
export function SeveralChoicesField(props: SeveralChoicesFieldProps) {
  const { label, description, options, value, onChange, offerTyped } = props;
  const t = useTranslations('forms');
  const [round, setRound] = useState(0);
  const [typed, setTyped] = useState('');
  const nameOf = props.nameOf ?? ((id: string) => options.find((option) => option.id === id)?.label ?? id);
  const wanted = typed.trim();
  const left = options.filter(({ id }) => !value.includes(id));
  const isOffered = offerTyped !== undefined && wanted !== '' && !value.includes(wanted);
  const known = left.some((option) => option.id === wanted || option.label === wanted);
  const offered = isOffered && !known ? [{ id: wanted, label: offerTyped(wanted) }] : [];
  return (
    <div className="grid gap-1">
      <SearchChoiceField
        key={round}
        keepsFocus={round > 0}
        label={label}
        {...(props.name === undefined ? {} : { name: props.name })}
        description={description}
        options={[...left, ...offered]}
        value={null}
        onTyped={setTyped}
        onChange={(id) => {
          if (id === null) return;
          onChange([...value, id]);
          setTyped('');
          setRound((last) => last + 1);
        }}
      />
      {value.length > 0 && (
        <TagGroup onRemove={(ids) => onChange(value.filter((id) => !ids.has(id)))}>
          <Label className="visually-hidden">{props.chosenLabel}</Label>
          <TagList className="flex flex-wrap gap-1">
            {value.map((id) => (
              <Tag
                key={id}
                id={id}
                textValue={nameOf(id)}
                className="inline-flex min-h-6 items-center gap-1 rounded-[4px] border border-edge pl-2 text-meta"
              >
                {nameOf(id)}
                <Button slot="remove" className="control control-quiet control-small !px-1" aria-label={t('takeOff')}>
                  <X size={12} aria-hidden />
                </Button>
              </Tag>
            ))}
          </TagList>
          {props.consequence !== undefined && (
            <Text slot="description" className="text-meta text-muted">
              {props.consequence}
            </Text>
          )}
        </TagGroup>
      )}
    </div>
  );
}
