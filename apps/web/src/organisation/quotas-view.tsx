'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { Organisation } from '../api-client/organisation.ts';
import { useBytes } from './use-bytes.ts';

/** What the installation allows this organisation, and how much of the storage is used. */
export function QuotasView({ organisation }: { organisation: Organisation }) {
  const t = useTranslations('organisation.quotas');
  const format = useFormatter();
  const bytes = useBytes();
  const { quotas, storedBytes } = organisation;
  const number = (value: number | null) => (value === null ? t('noLimit') : format.number(value));
  const share = quotas.storageBytes === null ? null : storedBytes / quotas.storageBytes;
  return (
    <div className="grid max-w-[72ch] gap-4">
      <p className="text-muted">{t('text')}</p>
      <p>
        <span className="text-figure">{bytes(storedBytes)}</span> <span className="text-muted">{t('stored')}</span>
        {share !== null && (
          <span className={share >= 0.8 ? 'ml-3 font-medium text-attention' : 'ml-3 text-muted'}>
            {t('share', { share: format.number(share, { style: 'percent' }) })}
          </span>
        )}
      </p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-1">
        <dt className="text-muted">{t('names.storageBytes')}</dt>
        <dd>{quotas.storageBytes === null ? t('noLimit') : bytes(quotas.storageBytes)}</dd>
        <dt className="text-muted">{t('names.bytesPerSecond')}</dt>
        <dd>
          {quotas.bytesPerSecond === null ? t('noLimit') : t('perSecond', { size: bytes(quotas.bytesPerSecond) })}
        </dd>
        <dt className="text-muted">{t('names.burstBytes')}</dt>
        <dd>{bytes(quotas.burstBytes)}</dd>
        <dt className="text-muted">{t('names.recordsPerSecond')}</dt>
        <dd>{number(quotas.recordsPerSecond)}</dd>
        <dt className="text-muted">{t('names.burstRecords')}</dt>
        <dd>{number(quotas.burstRecords)}</dd>
        <dt className="text-muted">{t('names.concurrentSearches')}</dt>
        <dd>{number(quotas.concurrentSearches)}</dd>
      </dl>
    </div>
  );
}
