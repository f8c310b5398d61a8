'use client';

import { ChevronDown, ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { Button } from 'react-aria-components';
import type { AuditTrailEntry } from '../api-client/audit-trail.ts';
import { SealMark } from '../seal/seal-mark.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { formatInstant, parseInstant, zoneLabel } from '../time/format-instant.ts';
import { AuditDetails } from './audit-details.tsx';
import { useTargetWord } from './use-target-word.ts';

/** One act a row: when, who, what, on what, how it ended, from where; its details open below it. */
export function AuditTable({ entries, zone }: { entries: readonly AuditTrailEntry[]; zone: string }) {
  const t = useTranslations('audit');
  const locale = useLocale();
  const target = useTargetWord();
  const [open, setOpen] = useState<string | null>(null);
  const newest = entries[0] ? parseInstant(entries[0].at) : 0;
  return (
    <ScrollRegion label={t('title')} className="overflow-x-auto">
      <table className="plain-table min-w-[960px]" aria-label={t('title')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('details')}</span>
            </th>
            <th scope="col">
              {t('columns.when')} {zoneLabel(zone, newest)}
            </th>
            <th scope="col">{t('columns.who')}</th>
            <th scope="col">{t('columns.what')}</th>
            <th scope="col">{t('columns.onWhat')}</th>
            <th scope="col">{t('columns.result')}</th>
            <th scope="col">{t('columns.fromWhere')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const expanded = open === entry.id;
            const Mark = expanded ? ChevronDown : ChevronRight;
            return (
              <Fragment key={entry.id}>
                <tr className={expanded ? 'bg-selection' : ''}>
                  <td className="w-8">
                    <Button
                      className="control control-quiet control-small !px-1"
                      aria-expanded={expanded}
                      aria-label={t('detailsOf', { act: entry.label[locale] })}
                      onPress={() => setOpen(expanded ? null : entry.id)}
                    >
                      <Mark size={16} aria-hidden />
                    </Button>
                  </td>
                  <td className="whitespace-nowrap">
                    <span className="inline-flex items-center gap-2">
                      {formatInstant(parseInstant(entry.at), zone, 'second')}
                      {entry.seal.state !== 'proven' && <SealMark state={entry.seal.state} size={14} />}
                    </span>
                  </td>
                  <th scope="row" className="!text-body !text-text">
                    {entry.actor.name || entry.actor.id || t(`actors.${actorKind(entry.actor.kind)}`)}
                    <span className="block text-meta font-normal text-muted">
                      {entry.actor.email ?? t(`actors.${actorKind(entry.actor.kind)}`)}
                    </span>
                  </th>
                  <td>{entry.label[locale]}</td>
                  <td className="max-w-[32ch]">{target(entry)}</td>
                  <td>
                    <Outcome entry={entry} />
                  </td>
                  <td className="font-mono text-record">{entry.address}</td>
                </tr>
                {expanded && (
                  <tr>
                    <td colSpan={7} className="!pl-8">
                      <AuditDetails entry={entry} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Outcome({ entry }: { entry: AuditTrailEntry }) {
  const t = useTranslations('audit.outcomes');
  if (entry.outcome === 'success') return t('success');
  if (entry.outcome !== 'failure') return <span className="text-muted">{t('unknown')}</span>;
  return (
    <>
      <span className="font-medium text-bad">{t('failure')}</span>
      {entry.reason !== undefined && <span className="block text-meta text-muted">{entry.reason}</span>}
    </>
  );
}

function actorKind(kind: string): 'user' | 'api-key' | 'system' | 'anonymous' {
  return kind === 'user' || kind === 'api-key' || kind === 'system' ? kind : 'anonymous';
}
