'use client';

import { installationDuties, organisationDuties, type DutyName } from '@akashi/policy';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readDuties, type Duty } from '../api-client/duties.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Answer } from '../states/answer.tsx';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';

const stateColor = { waiting: '', running: '', failing: 'text-attention', late: 'text-bad' } as const;
const known: readonly string[] = [...organisationDuties, ...installationDuties];

function isKnown(duty: string): duty is DutyName {
  return known.includes(duty);
}

/** What needs somebody comes first. */
const urgency = { late: 0, failing: 1, running: 2, waiting: 3 } as const;

/** What runs by itself at set times, and how it went last. */
export function DutiesView({ scope }: { scope: Duty['scope'] }) {
  const t = useTranslations('duties');
  const duties = useQuery({ queryKey: ['duties'], queryFn: ({ signal }) => readDuties(signal) });
  return (
    <>
      <p className="mb-4 max-w-[72ch]">{t('note')}</p>
      <Answer of={duties} what="duties">
        {(all) => <DutiesTable duties={all.filter((duty) => duty.scope === scope)} />}
      </Answer>
    </>
  );
}

function DutiesTable({ duties }: { duties: readonly Duty[] }) {
  const t = useTranslations('duties');
  const { zone } = useZone();
  const zoneName = zoneLabel(zone, 0);
  if (duties.length === 0) return <p className="text-muted">{t('empty')}</p>;
  const nameOf = ({ duty }: Duty): string => (isKnown(duty) ? t(`names.${duty}`) : duty);
  return (
    <SortedTable
      label={t('title')}
      rows={duties}
      rowId={({ duty }) => duty}
      initial={{ column: 'state', direction: 'ascending' }}
      minWidth={860}
      columns={[
        { id: 'duty', title: t('columns.duty'), isRowHeader: true, sortBy: nameOf, cell: nameOf },
        {
          id: 'state',
          title: t('columns.state'),
          sortBy: ({ state, nextDueAt }) => `${urgency[state]} ${nextDueAt ?? ''}`,
          cell: (duty) => <DutyState duty={duty} />,
        },
        {
          id: 'finished',
          title: t('columns.finished', { zone: zoneName }),
          sortBy: ({ finishedAt }) => finishedAt,
          cell: ({ finishedAt, late }) =>
            finishedAt === null ? (
              <span className="text-muted">{t('none')}</span>
            ) : (
              <>
                <span className="whitespace-nowrap">{formatInstant(Date.parse(finishedAt), zone)}</span>
                {late && <span className="ml-3 text-attention">{t('finishedLate')}</span>}
              </>
            ),
        },
        {
          id: 'period',
          title: t('columns.period'),
          cell: ({ period, finishedAt }) => (finishedAt === null ? '–' : <DutyPeriod period={period} />),
        },
        {
          id: 'next',
          title: t('columns.next', { zone: zoneName }),
          sortBy: ({ nextDueAt }) => nextDueAt,
          cell: ({ nextDueAt }) =>
            nextDueAt === null ? (
              '–'
            ) : (
              <span className="whitespace-nowrap">{formatInstant(Date.parse(nextDueAt), zone, 'minute')}</span>
            ),
        },
      ]}
    />
  );
}

function DutyState({ duty: { state, errorCode } }: { duty: Duty }) {
  const t = useTranslations('duties');
  return (
    <>
      <span className={`font-medium ${stateColor[state]}`}>{t(`states.${state}`)}</span>
      {(state === 'failing' || state === 'late') && errorCode !== null && (
        <span className="ml-3 text-meta text-muted">{t('code', { code: errorCode })}</span>
      )}
    </>
  );
}

/** A minute is shown on the page's clock; a day, a week or a month is the organisation's and stands as it is named. */
function DutyPeriod({ period }: { period: string }) {
  const { zone } = useZone();
  const isMinute = period.endsWith('Z');
  return (
    <span className="whitespace-nowrap">{isMinute ? formatInstant(Date.parse(period), zone, 'minute') : period}</span>
  );
}
