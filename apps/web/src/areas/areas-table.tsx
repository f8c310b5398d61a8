'use client';

import { useTranslations } from 'next-intl';
import { usePeople } from '../access/use-people.ts';
import { useSourceNames } from '../access/use-source-names.ts';
import type { Area } from '../api-client/areas.ts';
import { menuColumn } from '../forms/menu-column.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { formatDay } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { riskState } from './area-draft.ts';
import { useHoursWords } from './use-hours-words.ts';

interface AreasTableProps {
  areas: readonly Area[];
  mayManage: boolean;
  onChange: (area: Area) => void;
  onEnd: (area: Area) => void;
}

/** Each area with what it holds, how often it is reviewed and by whom. */
export function AreasTable({ areas, mayManage, onChange, onEnd }: AreasTableProps) {
  const t = useTranslations('areas');
  const hoursWords = useHoursWords();
  return (
    <SortedTable
      label={t('title')}
      rows={areas}
      rowId={({ id }) => id}
      minWidth={920}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: ({ name }) => name,
          cell: ({ name, isEnded }) => (
            <span className="font-normal whitespace-normal">
              <span className="font-medium">{name}</span>
              {isEnded && <span className="block text-meta text-muted">{t('isEnded')}</span>}
            </span>
          ),
        },
        {
          id: 'category',
          title: t('columns.category'),
          sortBy: ({ category }) => category,
          cell: ({ category }) => (
            <>
              <span className="block">{t(`categories.${category}`)}</span>
              <span className="block text-meta text-muted">{category === 'other' ? '10.4.2' : '10.4.1'}</span>
            </>
          ),
        },
        { id: 'holds', title: t('columns.holds'), cell: (area) => <Holds area={area} /> },
        {
          id: 'frequency',
          title: t('columns.frequency'),
          sortBy: ({ frequency }) => frequency,
          cell: (area) => (
            <>
              <span className="block whitespace-nowrap">{t(`frequencies.${area.frequency}`)}</span>
              {area.hours !== undefined && <span className="block text-meta text-muted">{hoursWords(area.hours)}</span>}
              <Risk area={area} />
            </>
          ),
        },
        {
          id: 'reviewers',
          title: t('columns.reviewers'),
          cell: ({ reviewers }) => <Names ids={reviewers} none={t('anyReviewer')} />,
        },
        {
          id: 'approvers',
          title: t('columns.approvers'),
          cell: ({ approvers }) => <Names ids={approvers} none={t('anyApprover')} />,
        },
        ...(mayManage
          ? [
              menuColumn<Area, 'change' | 'end'>({
                title: t('columns.actions'),
                labelOf: ({ name }) => t('actionsOf', { name }),
                actionsOf: ({ isEnded }) =>
                  isEnded
                    ? []
                    : [
                        { id: 'change', label: t('change') },
                        { id: 'end', label: t('end'), danger: true },
                      ],
                onAction: (action, area) => (action === 'change' ? onChange(area) : onEnd(area)),
              }),
            ]
          : []),
      ]}
    />
  );
}

function Names({ ids, none }: { ids: readonly string[]; none: string }) {
  const t = useTranslations('areas');
  const people = usePeople();
  if (ids.length === 0) return <span className="text-muted">{none}</span>;
  return ids.map((id) => people.nameOf(id)).join(t('separator'));
}

/** Log groups, and what narrows them. */
function Holds({ area }: { area: Area }) {
  const t = useTranslations('areas');
  const sources = useSourceNames();
  const narrowed = [
    { name: t('fields.logStreams'), values: area.logStreams },
    { name: t('fields.sources'), values: area.sources.map((id) => sources.nameOf(id)) },
    { name: t('fields.hosts'), values: area.hosts },
  ].filter(({ values }) => values.length > 0);
  return (
    <span className="block max-w-[36ch] break-all">
      {area.logGroups.join(t('separator'))}
      {narrowed.map(({ name, values }) => (
        <span key={name} className="block text-meta text-muted">
          {t('narrowed', { name, values: values.join(t('separator')) })}
        </span>
      ))}
    </span>
  );
}

const riskColors = { current: 'text-muted', soon: 'text-attention', overdue: 'font-medium text-bad' } as const;

/** Until when the risk analysis holds that sets the frequency. */
function Risk({ area }: { area: Area }) {
  const t = useTranslations('areas');
  const { zones } = useZone();
  const state = riskState(area.riskDueOn, formatDay(nowMilliseconds(), zones.tenant));
  if (state === 'none' || area.riskDueOn === undefined) return null;
  return <span className={`block text-meta ${riskColors[state]}`}>{t(`risk.${state}`, { day: area.riskDueOn })}</span>;
}
