'use client';

import { useTranslations } from 'next-intl';
import type { RetentionChange } from '../api-client/retention.ts';
import { useDaysWord, usePolicyInFull } from './use-policy-word.ts';

/** A change of keeping with what it was and what it becomes, whole: nothing of it is approved unseen. */
export function ChangeWords({ change }: { change: RetentionChange }) {
  const t = useTranslations('retention.changes');
  const inFull = usePolicyInFull();
  const daysWord = useDaysWord();
  if (change.kind === 'scope')
    return (
      <>
        <p className="font-medium">{t(change.after ? 'scopeIn' : 'scopeOut', { group: change.logGroup })}</p>
        {change.reason !== '' && <p className="whitespace-pre-wrap">{t('reason', { reason: change.reason })}</p>}
      </>
    );
  if (change.kind === 'policy')
    return (
      <>
        <p className="font-medium">{t('policy', { policy: change.policyId })}</p>
        <p>
          {daysWord(change.before)} → {daysWord(change.after)}
        </p>
      </>
    );
  return (
    <>
      <p className="font-medium">{t('logGroup', { group: change.logGroup })}</p>
      <p>
        {inFull(change.before)} → {inFull(change.after)}
      </p>
    </>
  );
}
