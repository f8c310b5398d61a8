'use client';

import { formatInstant, zoneLabel } from './format-instant.ts';
import { useZone } from './use-zone.tsx';

interface MomentProps {
  at: string | null;
  precision?: 'minute' | 'second';
  /** What stands there when there is no such moment. */
  none?: string;
}

/** A moment on the clock that the page shows, with the zone's name. */
export function Moment({ at, precision = 'minute', none = '–' }: MomentProps) {
  const { zone } = useZone();
  if (at === null) return none;
  const instant = Date.parse(at);
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {formatInstant(instant, zone, precision)} {zoneLabel(zone, instant)}
    </time>
  );
}
