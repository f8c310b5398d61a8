'use client';

import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { AuditTrailEntry } from '../api-client/audit-trail.ts';
import { explorerAddress } from '../query/url-state.ts';
import { parseInstant } from '../time/format-instant.ts';
import { Moment } from '../time/moment.tsx';

const aroundMilliseconds = 60_000;

/** Everything that is on record of one act, and the way to the sealed line itself. */
export function AuditDetails({ entry }: { entry: AuditTrailEntry }) {
  const t = useTranslations('audit');
  const format = useFormatter();
  const code = (text: string) => <code className="font-mono text-record">{text}</code>;
  const rows: [string, ReactNode][] = [];
  const { actor, target } = entry;
  rows.push([t('fields.action'), code(entry.action)]);
  rows.push([t('fields.actor'), <ActorWords key="actor" actor={actor} />]);
  rows.push([t('fields.service'), code(entry.service)]);
  if (target.id !== undefined) rows.push([t('fields.targetId'), code(target.id)]);
  if (entry.query !== undefined) rows.push([t('fields.query'), code(entry.query === '' ? '*' : entry.query)]);
  if (entry.from !== undefined || entry.to !== undefined)
    rows.push([
      t('fields.range'),
      <span key="range">
        <Moment at={entry.from ?? null} precision="second" /> – <Moment at={entry.to ?? null} precision="second" />
      </span>,
    ]);
  if (entry.logGroups !== undefined) rows.push([t('fields.logGroups'), code(entry.logGroups)]);
  if (entry.count !== undefined) rows.push([t('fields.count'), format.number(entry.count)]);
  for (const [name, value] of Object.entries(entry.details)) rows.push([name, code(value)]);
  rows.push([t('fields.received'), <Moment key="received" at={entry.receivedAt} precision="second" />]);
  const at = parseInstant(entry.at);
  const around = { from: at - aroundMilliseconds, to: at + aroundMilliseconds };
  return (
    <div className="grid gap-3 py-1">
      <dl className="grid max-w-[96ch] grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {rows.map(([name, value], index) => (
          <div key={index} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {entry.changes !== undefined && entry.changes.length > 0 && (
        <table className="plain-table max-w-[96ch]" aria-label={t('changes')}>
          <thead>
            <tr>
              <th scope="col">{t('changes')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
            </tr>
          </thead>
          <tbody>
            {entry.changes.map((change) => (
              <tr key={change.field}>
                <th scope="row" className="font-mono">
                  {change.field}
                </th>
                <td className="font-mono text-record">{change.before ?? '–'}</td>
                <td className="font-mono text-record">{change.after ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <Link
          href={explorerAddress({
            q: 'log.group:akashi/audit',
            t: { kind: 'absolute', ...around },
            event: entry.id,
            tab: 'integrity',
          })}
          className="text-accent underline underline-offset-2"
        >
          {t('openLine')}
        </Link>
      </p>
    </div>
  );
}

function ActorWords({ actor }: { actor: AuditTrailEntry['actor'] }) {
  return (
    <span>
      {actor.name} {actor.email !== undefined && <span className="text-muted">{actor.email}</span>}{' '}
      {actor.role !== undefined && <span className="text-muted">{actor.role}</span>}{' '}
      <code className="font-mono text-meta text-muted">{actor.id}</code>
    </span>
  );
}
