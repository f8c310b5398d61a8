'use client';

import { useTranslations } from 'next-intl';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { placeOn, type Held, type TimeAxis } from './time-axis.ts';

interface ValidityProps {
  row: Held;
  /** Null: no row of the table begins or ends. */
  axis: TimeAxis | null;
  now: number;
}

/** When a row holds, in words, and as a bar on the axis that all rows of the table share; a hairline marks now. */
export function Validity({ row, axis, now }: ValidityProps) {
  return (
    <span className="grid min-w-52 gap-1">
      <ValidityWords row={row} />
      {axis !== null && <Bar row={row} axis={axis} now={now} />}
    </span>
  );
}

export function ValidityWords({ row }: { row: Held }) {
  const t = useTranslations('masters');
  const { zone } = useZone();
  if (row.validFrom === null && row.validUntil === null) return <span className="text-muted">{t('always')}</span>;
  const text = (moment: string | null) => (moment === null ? '' : formatInstant(Date.parse(moment), zone, 'minute'));
  const known = row.validFrom ?? row.validUntil ?? '';
  return (
    <span className="whitespace-nowrap tabular-nums">
      {text(row.validFrom)} – {text(row.validUntil)}{' '}
      <span className="text-meta text-muted">{zoneLabel(zone, Date.parse(known))}</span>
    </span>
  );
}

function Bar({ row, axis, now }: { row: Held; axis: TimeAxis; now: number }) {
  const left = row.validFrom === null ? 0 : placeOn(axis, Date.parse(row.validFrom));
  const right = row.validUntil === null ? 100 : placeOn(axis, Date.parse(row.validUntil));
  const isOver = row.validUntil !== null && Date.parse(row.validUntil) <= now;
  return (
    <span aria-hidden className="relative block h-2 border-b border-line">
      <span
        className={`absolute inset-y-0 min-w-[3px] ${isOver ? 'bg-edge/50' : 'bg-accent'} ${row.validFrom === null ? '' : 'rounded-l-[2px]'} ${row.validUntil === null ? '' : 'rounded-r-[2px]'}`}
        style={{ left: `${left}%`, width: `${right - left}%` }}
      />
      <span className="absolute -inset-y-0.5 w-px bg-text" style={{ left: `${placeOn(axis, now)}%` }} />
    </span>
  );
}
