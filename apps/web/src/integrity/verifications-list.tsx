'use client';

import { useTranslations } from 'next-intl';
import type { Verification } from '../api-client/integrity.ts';
import { FindingList } from '../seal/finding-list.tsx';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';

const outcomeColor = { proven: 'text-good', altered: 'text-bad', unreadable: 'text-attention' };
const shown = 5;

/** What the product's own verifier found lately, in words. */
export function VerificationsList({ verifications, zone }: { verifications: readonly Verification[]; zone: string }) {
  const t = useTranslations('integrity');
  return (
    <>
      <h2 className="mb-1 font-medium">{t('verifications')}</h2>
      {verifications.length === 0 && <p className="text-muted">{t('noVerifications')}</p>}
      <ul>
        {verifications.slice(0, shown).map((verification) => {
          const at = Date.parse(verification.finishedAt ?? verification.startedAt);
          return (
            <li key={verification.id} className="border-b border-line py-1">
              <p>
                <span className={`mr-3 font-medium ${outcomeColor[verification.outcome]}`}>
                  {t(`outcomes.${verification.outcome}`)}
                </span>
                {t('checked', { blocks: verification.blocks, records: verification.records })}
                <span className="ml-3 text-meta text-muted">
                  {formatInstant(at, zone)} {zoneLabel(zone, at)}
                </span>
              </p>
              {verification.findings.length > 0 && <FindingList findings={verification.findings} />}
            </li>
          );
        })}
      </ul>
    </>
  );
}
