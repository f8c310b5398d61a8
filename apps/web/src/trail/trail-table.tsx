'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { TrailStep } from '../api-client/people.ts';
import { explorerAddress } from '../query/url-state.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { formatInstant, parseInstant, zoneLabel } from '../time/format-instant.ts';
import { ApprovalMark } from './approval-mark.tsx';
import { trailRow } from './trail-rows.ts';

/** When, who, where and on what, what happened, and each link that makes it theirs. */
export function TrailTable({ steps, zone }: { steps: readonly TrailStep[]; zone: string }) {
  const t = useTranslations('trail');
  return (
    <ScrollRegion label={t('title')} className="overflow-x-auto">
      <table className="plain-table min-w-[920px]">
        <thead>
          <tr>
            <th scope="col">{t('columns.whenIn', { zone: zoneLabel(zone, 0) })}</th>
            <th scope="col">{t('columns.who')}</th>
            <th scope="col">{t('columns.where')}</th>
            <th scope="col">{t('columns.what')}</th>
            <th scope="col">{t('columns.because')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <TrailLine key={step.event.id} step={step} zone={zone} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function TrailLine({ step, zone }: { step: TrailStep; zone: string }) {
  const t = useTranslations('trail');
  const { event } = step;
  const row = trailRow(step);
  const at = parseInstant(event['@timestamp']);
  const around = { kind: 'absolute', from: at - 1_800_000, to: at + 1_800_000 } as const;
  const outcome = row.outcome === 'success' || row.outcome === 'failure' ? t(`outcomes.${row.outcome}`) : row.outcome;
  return (
    <tr className="align-top">
      <td className="whitespace-nowrap">
        <Link
          href={explorerAddress({ t: around, event: event.id })}
          className="text-accent underline underline-offset-2"
        >
          {formatInstant(at, zone, 'millisecond')}
        </Link>
      </td>
      <td>
        <p>{row.person || t('nobody')}</p>
        <p className="text-meta text-muted">{row.account}</p>
        {event.person?.certainty === 'likely' && <p className="text-meta text-muted">{t('certainty.likely')}</p>}
        {event.person?.conflict && (
          <p className="text-meta text-bad">{t('conflict', { name: event.person.conflict.name })}</p>
        )}
      </td>
      <td>
        <p>{row.where}</p>
        <p className="max-w-[36ch] text-meta break-all text-muted">{row.onWhat}</p>
      </td>
      <td>
        <p>
          {row.action}{' '}
          {outcome !== '' && <span className={row.outcome === 'failure' ? 'text-bad' : ''}>{outcome}</span>}
        </p>
        <ApprovalMark approval={event.approval} />
        <p className="text-meta text-muted">{event.logGroup}</p>
      </td>
      <td>
        {row.because.length === 0 && <p className="text-faint">{t('noLink')}</p>}
        <ul>
          {row.because.map((text) => (
            <li key={text} className="text-meta">
              {text}
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}
