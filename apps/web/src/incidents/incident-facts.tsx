'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Incident } from '../api-client/incidents.ts';
import { explorerAddress } from '../query/url-state.ts';
import { SeverityWord } from '../rules/severity-word.tsx';
import { Moment } from '../time/moment.tsx';
import { useDuration } from '../time/use-duration.ts';
import { StateWord } from './incidents-table.tsx';
import { alertOf, eventOf, useIncidentWords } from './use-incident-words.ts';

/** The fields of PCI DSS 10.7.3, in its order; what nobody has written yet is left out until it is closed. */
export function IncidentFacts({ incident }: { incident: Incident }) {
  const t = useTranslations('incidents');
  const words = useIncidentWords();
  const duration = useDuration();
  const { startedAt, endedAt, lastSeenAt, count, cause, acknowledgedAt, closedAt } = incident;
  const lasted = Date.parse(endedAt ?? lastSeenAt) - Date.parse(startedAt);
  const written = (['rootCause', 'action', 'securityIssues', 'furtherAction', 'prevention'] as const).flatMap(
    (field) => {
      const text = incident[field];
      return text === undefined ? [] : [{ field, text }];
    },
  );
  return (
    <dl className="grid gap-2">
      <Fact name={t('columns.state')}>
        <StateWord incident={incident} />
        {incident.state !== 'closed' && (
          <span className="block text-meta text-muted">
            {t(incident.closesByItself ? 'closesByItself' : 'closedByPeople')}
          </span>
        )}
      </Fact>
      <Fact name={t('columns.severity')}>
        <SeverityWord severity={incident.severity} />
      </Fact>
      <Fact name={t('columns.where')}>
        <Place incident={incident} />
      </Fact>
      <Fact name={t('cause')}>
        {words.cause(incident)} <code className="font-mono text-meta text-muted">{cause}</code>
      </Fact>
      {incident.state !== 'closed' && <Fact name={t('remedy')}>{t(`remedies.${incident.kind}`)}</Fact>}
      <Fact name={t('columns.started')}>
        <Moment at={startedAt} precision="second" />
      </Fact>
      <Fact name={t('ended')}>
        {endedAt === undefined ? t('goesOn') : <Moment at={endedAt} precision="second" />}
        {lasted >= 60_000 && (
          <span className="block text-meta text-muted">{t('lasted', { duration: duration(lasted) })}</span>
        )}
      </Fact>
      <Fact name={t('columns.seen')}>
        <Moment at={lastSeenAt} precision="second" />
        <span className="block text-meta text-muted">{t('times', { count })}</span>
      </Fact>
      {acknowledgedAt !== undefined && (
        <Fact name={t('states.acknowledged')}>
          {incident.acknowledgedBy} <Moment at={acknowledgedAt} />
        </Fact>
      )}
      {closedAt !== undefined && (
        <Fact name={t('closedByWhom')}>
          {incident.closedBy} <Moment at={closedAt} />
        </Fact>
      )}
      {written.map(({ field, text }) => (
        <Fact key={field} name={t(`fields.${field}`)}>
          <span className="whitespace-pre-wrap">{text}</span>
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="border-b border-line pb-2">
      <dt className="text-meta text-muted">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** An event that is in the index can be opened there; an alert on its own page. */
function Place({ incident }: { incident: Incident }) {
  const words = useIncidentWords();
  const address = addressOf(incident);
  const place = <span className="break-all">{words.where(incident)}</span>;
  if (address === undefined) return place;
  return (
    <Link href={address} className="inline-block min-h-6 text-accent underline underline-offset-2">
      {place}
    </Link>
  );
}

function addressOf(incident: Incident): string | undefined {
  const alert = alertOf(incident);
  if (alert !== undefined) return `/alerts/${alert}`;
  const event = eventOf(incident);
  if (event === undefined || incident.cause === 'index-document-missing') return undefined;
  return explorerAddress({ event, tab: 'integrity' });
}
