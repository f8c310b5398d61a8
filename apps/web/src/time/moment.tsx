'use client';

import { formatDay, formatInstant, zoneLabel } from './format-instant.ts';
import { useZone } from './use-zone.tsx';

interface MomentProps {
  at: string | null;
  precision?: 'day' | 'minute' | 'second';
  /** What stands there when there is no such moment. */
  none?: string;
}

/** A moment on the clock that the page shows, with the zone's name; or only its day. */
export function Moment({ at, precision = 'minute', none = '–' }: MomentProps) {
  const { zone } = useZone();
  if (at === null) return none;
  const instant = Date.parse(at);
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {precision === 'day'
        ? formatDay(instant, zone)
        : `${formatInstant(instant, zone, precision)} ${zoneLabel(zone, instant)}`}
    </time>
  );
}
