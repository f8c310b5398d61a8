'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import type { EventRecord } from '../api-client/event.ts';
import { fieldLabel } from '../query/field-label.ts';
import { fieldValues, valueWord } from '../query/value-word.ts';
import { valueTrail } from '../trail/trail-address.ts';
import { ValueActions } from './value-actions.tsx';

interface FieldsTabProps {
  event: EventRecord;
  onFilter: (field: string, value: string, negated: boolean) => void;
}

/** Every field by name and label, those of no catalogue below `labels.`. */
export function FieldsTab({ event, onFilter }: FieldsTabProps) {
  const t = useTranslations('panel');
  const locale = useLocale();
  const [wanted, setWanted] = useState('');
  const rows = [
    ...Object.keys(event.fields).map((field) => ({
      field,
      label: fieldLabel(field, locale),
      values: fieldValues(event, field),
    })),
    ...Object.entries(event.labels).map(([key, text]) => ({ field: `labels.${key}`, label: key, values: [text] })),
  ].toSorted((a, b) => (a.field < b.field ? -1 : 1));
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const wordsOf = (field: string, values: readonly string[]) =>
    values.map((value) => `${value} ${valueWord(field, value, locale)}`).join(' ');
  const shown = rows.filter(({ field, label, values }) =>
    fold(`${field} ${label} ${wordsOf(field, values)}`).includes(fold(wanted)),
  );
  return (
    <>
      <SearchField value={wanted} onChange={setWanted} className="mb-3 grid gap-1">
        <Label className="text-meta text-muted">{t('findField')}</Label>
        <Input className="field" />
      </SearchField>
      <p role="status" className="visually-hidden">
        {t('fieldCount', { count: shown.length })}
      </p>
      {shown.length === 0 && <p className="text-muted">{rows.length === 0 ? t('noFields') : t('noFieldFound')}</p>}
      <table className="plain-table table-fixed">
        <tbody>
          {shown.map(({ field, label, values }) => (
            <tr key={field}>
              <th scope="row" className="w-2/5">
                <span className="whitespace-normal text-text">{label}</span>
                {label !== field && <span className="block font-normal whitespace-normal">{field}</span>}
              </th>
              <td>
                {values.map((value) => (
                  <p key={value} className="min-h-6">
                    {valueWord(field, value, locale)}
                  </p>
                ))}
              </td>
              <td className="w-21 !pr-0">
                {values.map((value) => (
                  <ValueActions
                    key={value}
                    label={label}
                    value={valueWord(field, value, locale)}
                    onInclude={() => onFilter(field, value, false)}
                    onExclude={() => onFilter(field, value, true)}
                    trail={valueTrail(field, value, event)}
                  />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
