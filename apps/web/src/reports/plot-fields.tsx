'use client';

import { columnWords, type PlotRule } from '@akashi/report';
import { useTranslations } from 'next-intl';
import { SelectField } from '../forms/select-field.tsx';
import { WordsFields } from './words-fields.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';

interface PlotFieldsProps {
  value: PlotRule | null;
  onChange: (value: PlotRule | null) => void;
}

const none = '*';
const kinds = ['hour', 'person', 'user', 'origin', 'host', 'object', 'action'] as const;

/** A chart over the rows, by the hour of the day or by a column, with its title. */
export function PlotFields({ value, onChange }: PlotFieldsProps) {
  const t = useTranslations('reports.editor');
  const inLanguage = useInLanguage();
  const choose = (id: string) => {
    const by = kinds.find((kind) => kind === id);
    onChange(by === undefined ? null : { by, title: value?.title ?? { ja: '', en: '' } });
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t('plot')}
        options={[
          { id: none, label: t('noPlot') },
          ...kinds.map((id) => ({
            id: id as string,
            label: id === 'hour' ? t('byHour') : inLanguage(columnWords[id]),
          })),
        ]}
        value={value?.by ?? none}
        onChange={choose}
      />
      {value !== null && (
        <div className="grid gap-4 sm:col-span-2 sm:grid-cols-2">
          <WordsFields
            name="plot.title"
            label={t('plotTitle')}
            value={value.title}
            onChange={(title) => onChange({ ...value, title })}
          />
        </div>
      )}
    </div>
  );
}
