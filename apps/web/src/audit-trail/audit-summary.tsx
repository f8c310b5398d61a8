'use client';

import { auditActions, auditGroups, isAuditAction } from '@akashi/audit-trail';
import { useLocale, useTranslations } from 'next-intl';
import type { EffectiveRange } from '../time-range/time-range.ts';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import type { AuditState } from './use-audit-state.ts';

interface AuditSummaryProps {
  state: AuditState;
  effective: EffectiveRange | null;
}

/** On paper: the range and every filter in words, also those that are not set, so that the list says what it is of. */
export function AuditSummary({ state, effective }: AuditSummaryProps) {
  const t = useTranslations('audit');
  const range = useTranslations('range');
  const locale = useLocale();
  const { zone } = useZone();
  if (effective === null) return null;
  const { group, action, outcome, actor, target } = state;
  const knownGroup = auditGroups.find((each) => each === group);
  const known = action !== null && isAuditAction(action) ? auditActions[action].label[locale] : action;
  const facts: [string, string | null][] = [
    [
      range('title'),
      `${formatInstant(effective.from, zone)} – ${formatInstant(effective.to, zone)} ${zoneLabel(zone, effective.from)}`,
    ],
    [t('columns.who'), actor],
    [t('group'), knownGroup === undefined ? group : t(`groups.${knownGroup}`)],
    [t('columns.what'), known],
    [t('columns.result'), outcome === null ? null : t(`outcomes.${outcome}`)],
    [t('columns.onWhat'), target],
  ];
  return (
    <dl className="mb-4 hidden grid-cols-[auto_minmax(0,1fr)] gap-x-6 text-meta print:grid">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{value || t('anything')}</dd>
        </div>
      ))}
    </dl>
  );
}
