'use client';

import { useLocale, useTranslations } from 'next-intl';
import { fieldLabel } from '../query/field-label.ts';
import { isNamedColumn, type ColumnName } from '../query/table-columns.ts';

export function useColumnWord(): (name: ColumnName) => string {
  const t = useTranslations('table');
  const locale = useLocale();
  return (name) => (isNamedColumn(name) ? t(`columns.${name}`) : fieldLabel(name, locale));
}
