'use client';

import { eventFields } from '@akashi/log-event';
import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button, Tag, TagGroup, TagList, Label, Text } from 'react-aria-components';
import { fieldLabel } from '../explorer/field-label.ts';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';

interface HiddenFieldsFieldProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Fields out of the catalogue, one after the other; each can be taken off again. */
export function HiddenFieldsField({ value, onChange }: HiddenFieldsFieldProps) {
  const t = useTranslations('access.grantForm');
  const locale = useLocale();
  const [round, setRound] = useState(0);
  const options = useMemo(
    () => [
      { id: 'labels', label: `${t('allLabels')} (labels)` },
      ...Object.keys(eventFields).map((id) => ({ id, label: `${fieldLabel(id, locale)} (${id})` })),
    ],
    [locale, t],
  );
  return (
    <div className="grid gap-1">
      <SearchChoiceField
        key={round}
        label={t('hiddenFields')}
        description={t('hiddenFieldsNote')}
        options={options.filter(({ id }) => !value.includes(id))}
        value={null}
        onChange={(id) => {
          if (id === null) return;
          onChange([...value, id]);
          setRound((last) => last + 1);
        }}
      />
      {value.length > 0 && (
        <TagGroup onRemove={(ids) => onChange(value.filter((id) => !ids.has(id)))}>
          <Label className="visually-hidden">{t('hiddenChosen')}</Label>
          <TagList className="flex flex-wrap gap-1">
            {value.map((id) => (
              <Tag
                key={id}
                id={id}
                textValue={fieldLabel(id, locale)}
                className="inline-flex min-h-6 items-center gap-1 rounded-[4px] border border-edge pl-2 text-meta"
              >
                {id === 'labels' ? t('allLabels') : fieldLabel(id, locale)}
                <Button slot="remove" className="control control-quiet control-small !px-1" aria-label={t('takeOff')}>
                  <X size={12} aria-hidden />
                </Button>
              </Tag>
            ))}
          </TagList>
          <Text slot="description" className="text-meta text-muted">
            {t('hiddenConsequence')}
          </Text>
        </TagGroup>
      )}
    </div>
  );
}
