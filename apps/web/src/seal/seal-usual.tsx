'use client';

import { useTranslations } from 'next-intl';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { useStanding } from './use-standing.ts';

/** The one quiet word over a list for everything in it that bears no mark. */
export function SealUsual() {
  const t = useTranslations('seal');
  const { zone } = useZone();
  const standing = useStanding();
  if (standing === undefined) return null;
  if (standing.verifiedAt === null) return <span className="ml-2">{t('usualNone')}</span>;
  const at = Date.parse(standing.verifiedAt);
  return (
    <span className="ml-2" title={t('usualNote')}>
      {t('usual', { time: `${formatInstant(at, zone, 'minute')} ${zoneLabel(zone, at)}` })}
    </span>
  );
}
