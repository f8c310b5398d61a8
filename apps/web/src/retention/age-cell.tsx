'use client';

import { useTranslations } from 'next-intl';
import { formatDay, formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';

interface AgeCellProps {
  at: string | null;
  /** When the page's answer was true; the age is counted to it. */
  asOf: string;
}

const dayMilliseconds = 86_400_000;

/** A day, and how many days it is from now: ages are what is held against 90 and 365. */
export function AgeCell({ at, asOf }: AgeCellProps) {
  const t = useTranslations('retention');
  const { zone } = useZone();
  if (at === null) return <span className="text-faint">–</span>;
  const instant = Date.parse(at);
  const days = Math.trunc((Date.parse(asOf) - instant) / dayMilliseconds);
  return (
    <time
      dateTime={at}
      title={`${formatInstant(instant, zone)} ${zoneLabel(zone, instant)}`}
      className="block whitespace-nowrap"
    >
      {formatDay(instant, zone)}
      <span className="block text-meta text-muted">{days < 0 ? t('ahead', { days: -days }) : t('age', { days })}</span>
    </time>
  );
}
