'use client';

import { useTranslations } from 'next-intl';
import type { RunsFilter } from '../api-client/report-runs.ts';
import { useAreas } from '../areas/use-areas.ts';
import { DayField } from '../forms/day-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { useInLanguage, useReports } from '../report-words/use-reports.ts';
import { runKinds } from './use-runs-state.ts';

interface RunsFiltersProps {
  filter: RunsFilter;
  /** Whether there is a report to choose; the history of one report has none. */
  hasReport: boolean;
  onChange: (change: Partial<RunsFilter>) => void;
}

/** Stands for all: a select has no empty choice. */
const all = '*';

/** Day, report, area and kind, above what they filter. */
export function RunsFilters({ filter, hasReport, onChange }: RunsFiltersProps) {
  const t = useTranslations('runs');
  const inLanguage = useInLanguage();
  const reports = useReports();
  const areas = useAreas();
  const chosen = (id: string) => (id === all ? null : id);
  const listed = areas.data?.items ?? [];
  return (
    <div
      role="group"
      aria-label={t('filters')}
      className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] items-start gap-3 sm:max-w-4xl print:hidden"
    >
      <DayField
        label={t('columns.day')}
        value={filter.day ?? ''}
        onChange={(day) => onChange({ day: day === '' ? null : day })}
      />
      {hasReport && (
        <SelectField
          label={t('columns.report')}
          options={[
            { id: all, label: t('allReports') },
            ...(reports.data ?? []).map(({ id, title }) => ({ id, label: inLanguage(title) })),
          ]}
          value={filter.report ?? all}
          onChange={(id) => onChange({ report: chosen(id) })}
        />
      )}
      {listed.length > 0 && (
        <SelectField
          label={t('columns.area')}
          options={[{ id: all, label: t('allAreas') }, ...listed.map(({ id, name }) => ({ id, label: name }))]}
          value={filter.area ?? all}
          onChange={(id) => onChange({ area: chosen(id) })}
        />
      )}
      <SelectField
        label={t('columns.kind')}
        options={[
          { id: all, label: t('allKinds') },
          ...runKinds.map((id) => ({ id: id as string, label: t(`kinds.${id}`) })),
        ]}
        value={filter.kind ?? all}
        onChange={(id) => onChange({ kind: runKinds.find((kind) => kind === id) ?? null })}
      />
    </div>
  );
}
