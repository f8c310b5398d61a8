'use client';

import { eventFields, isStructuralField } from '@akashi/log-event';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { fieldLabel } from '../query/field-label.ts';
import type { KeysPart } from './editor-part.ts';
import { withField } from './editor-state.ts';

/** Which field each key of the lines becomes. */
export function KeysTable({ keys, definition, onChange, problemAt }: KeysPart) {
  const t = useTranslations('formats');
  const locale = useLocale();
  const options = useMemo(
    () =>
      Object.keys(eventFields)
        .filter((id) => !isStructuralField(id) && !id.startsWith('pci.') && !id.startsWith('akashi.'))
        .map((id) => ({ id, label: `${fieldLabel(id, locale)} (${id})` })),
    [locale],
  );
  const shown = keys.filter(({ key }) => key !== definition.time?.key);
  return (
    <section aria-label={t('steps.keys')} className="grid gap-3">
      <h3 className="font-medium">{t('steps.keys')}</h3>
      <p className="max-w-[72ch] text-muted">{shown.length === 0 ? t('noKeys') : t('keysNote')}</p>
      {shown.length > 0 && (
        <table className="plain-table" aria-label={t('steps.keys')}>
          <thead>
            <tr>
              <th scope="col">{t('columns.key')}</th>
              <th scope="col">{t('columns.sample')}</th>
              <th scope="col">{t('columns.field')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, sample }) => (
              <tr key={key}>
                <th scope="row" className="font-mono text-record font-normal">
                  {key}
                </th>
                <td className="max-w-[24ch] truncate font-mono text-record" title={sample}>
                  {sample}
                </td>
                <td className="min-w-56">
                  <SearchChoiceField
                    key={definition.fields?.[key] ?? ''}
                    label={t('fieldOf', { key })}
                    options={options}
                    value={definition.fields?.[key] ?? null}
                    placeholder={t('asLabel')}
                    onChange={(field) => onChange(withField(definition, key, field))}
                    error={problemAt(`fields.${key}`)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
