'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import { fieldText, type EventRecord } from '../api-client/event.ts';
import { fieldLabel } from '../query/field-label.ts';
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
      text: fieldText(event, field),
    })),
    ...Object.entries(event.labels).map(([key, text]) => ({ field: `labels.${key}`, label: key, text })),
  ].toSorted((a, b) => (a.field < b.field ? -1 : 1));
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const shown = rows.filter(({ field, label, text }) => fold(`${field} ${label} ${text}`).includes(fold(wanted)));
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
          {shown.map(({ field, label, text }) => (
            <tr key={field}>
              <th scope="row" className="w-2/5">
                <span className="whitespace-normal text-text">{label}</span>
                {label !== field && <span className="block font-normal whitespace-normal">{field}</span>}
              </th>
              <td>{text}</td>
              <td className="w-15 !pr-0">
                <ValueActions
                  label={label}
                  value={text}
                  onInclude={() => onFilter(field, text, false)}
                  onExclude={() => onFilter(field, text, true)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
