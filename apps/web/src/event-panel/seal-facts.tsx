'use client';

import type { Seal } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import { findingWord } from '../seal/finding-words.ts';
import { SealMark } from '../seal/seal-mark.tsx';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';

/** What is proven of this event and what is not, by the log and its last verification. */
export function SealFacts({ seal }: { seal: Seal }) {
  const t = useTranslations('seal');
  const finding = useTranslations('findings');
  const { zone } = useZone();
  const at = seal.verifiedAt === undefined ? null : Date.parse(seal.verifiedAt);
  const time = at === null ? '' : `${formatInstant(at, zone, 'minute')} ${zoneLabel(zone, at)}`;
  return (
    <section aria-label={t('standing')} className="mb-4 max-w-[72ch] border-b border-line pb-3">
      <p className="mb-1">
        <SealMark state={seal.state} withWord />
      </p>
      <p className={seal.state === 'mismatch' ? 'font-medium text-bad' : ''}>
        {seal.state === 'mismatch' && at === null ? t('says.mismatchNow') : t(`says.${seal.state}`, { time })}
      </p>
      {seal.findings !== undefined && (
        <ul className="mt-1">
          {seal.findings.map((each, index) => (
            <li key={index}>{findingWord(finding, each)}</li>
          ))}
        </ul>
      )}
      {(seal.state === 'proven' || seal.state === 'sealed') && (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-3 text-meta">
          <dt className="text-muted">{t('proves')}</dt>
          <dd>{t('provesText')}</dd>
          <dt className="text-muted">{t('provesNot')}</dt>
          <dd>{t('provesNotText')}</dd>
        </dl>
      )}
    </section>
  );
}
