'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { LogReview } from '../api-client/log-reviews.ts';
import { explorerAddress } from '../query/url-state.ts';
import { Moment } from '../time/moment.tsx';

/** Who signed which hash how, with the sealed event that holds it. */
export function Signatures({ signatures }: Pick<LogReview, 'signatures'>) {
  const t = useTranslations('logReviews.signatures');
  return (
    <section className="min-w-0">
      <h2 className="border-b border-line pb-1 font-medium">{t('title')}</h2>
      {signatures.length === 0 ? (
        <p className="py-1 text-muted">{t('none')}</p>
      ) : (
        <ul>
          {signatures.map(({ action, signer, at, method, isSynced, recordSha256, sealedAs }) => (
            <li key={`${at} ${signer} ${action}`} className="border-b border-line py-1">
              <p>
                <span className="font-medium">{t(action)}</span> {signer} <Moment at={at} precision="second" />
              </p>
              <p className="text-meta text-muted">
                {t(method)}
                {isSynced !== null && ` · ${t(isSynced ? 'synced' : 'deviceBound')}`}
                {sealedAs !== null && (
                  <Link
                    href={explorerAddress({ event: sealedAs })}
                    className="ml-3 text-accent underline underline-offset-2 print:hidden"
                  >
                    {t('sealedAs')}
                  </Link>
                )}
              </p>
              <p className="text-meta text-muted">
                {t('hash')} <code className="font-mono break-all select-all">{recordSha256}</code>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
