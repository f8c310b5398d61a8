'use client';

import { useTranslations } from 'next-intl';
import type { Incident } from '../api-client/incidents.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { SeverityWord } from '../rules/severity-word.tsx';
import { Moment } from '../time/moment.tsx';
import { useIncidentWords } from './use-incident-words.ts';

interface IncidentsTableProps {
  incidents: readonly Incident[];
  selected: string | null;
  onOpen: (id: string) => void;
}

/** Newest first, as the server lists them. */
export function IncidentsTable({ incidents, selected, onOpen }: IncidentsTableProps) {
  const t = useTranslations('incidents');
  const words = useIncidentWords();
  return (
    <SortedTable
      label={t('title')}
      rows={incidents}
      rowId={({ id }) => id}
      minWidth={780}
      columns={[
        {
          id: 'kind',
          title: t('columns.kind'),
          isRowHeader: true,
          cell: ({ id, kind }) => (
            <button
              type="button"
              aria-expanded={selected === id}
              className={`min-h-6 text-left text-accent underline-offset-2 hover:underline ${selected === id ? 'font-medium' : ''}`}
              onClick={() => onOpen(id)}
            >
              {words.kind(kind)}
            </button>
          ),
        },
        {
          id: 'severity',
          title: t('columns.severity'),
          cell: ({ severity }) => <SeverityWord severity={severity} />,
        },
        {
          id: 'where',
          title: t('columns.where'),
          cell: (incident) => (
            <>
              <span className="break-all">{words.where(incident)}</span>
              <span className="block text-meta text-muted">{words.cause(incident)}</span>
            </>
          ),
        },
        {
          id: 'state',
          title: t('columns.state'),
          cell: (incident) => <StateWord incident={incident} />,
        },
        { id: 'started', title: t('columns.started'), cell: ({ startedAt }) => <Moment at={startedAt} /> },
        { id: 'seen', title: t('columns.seen'), cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} /> },
        {
          id: 'count',
          title: t('columns.count'),
          isNumber: true,
          cell: ({ count }) => t('times', { count }),
        },
      ]}
    />
  );
}

/** What waits for a person has the only strong colour. */
export function StateWord({ incident }: { incident: Incident }) {
  const words = useIncidentWords();
  const { state, acknowledgedBy, closedBy } = incident;
  const by = state === 'closed' ? closedBy : acknowledgedBy;
  return (
    <>
      <span className={state === 'open' ? 'font-medium text-bad' : state === 'acknowledged' ? 'text-attention' : ''}>
        {words.state(incident)}
      </span>
      {by !== undefined && <span className="block text-meta whitespace-nowrap text-muted">{by}</span>}
    </>
  );
}
