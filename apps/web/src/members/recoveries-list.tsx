'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readRecoveries } from '../api-client/recovery.ts';
import { Moment } from '../time/moment.tsx';

/** Every time that an administrator was asked for from outside: it stays here for ever. Nothing where it never was. */
export function RecoveriesList() {
  const t = useTranslations('members.recoveries');
  const recoveries = useQuery({ queryKey: ['recoveries'], queryFn: ({ signal }) => readRecoveries(signal) });
  const list = recoveries.data ?? [];
  if (list.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-1 font-medium">{t('title')}</h2>
      <p className="mb-2 max-w-[72ch] text-meta text-muted">{t('text')}</p>
      <ul className="border-t border-line">
        {list.map((each) => (
          <li key={each.id} className="border-b border-line py-2">
            <p>
              <span className={each.state === 'confirmed' ? 'font-medium text-attention' : 'font-medium'}>
                {t(`states.${each.state}`)}
              </span>{' '}
              {t('asked', { operator: each.requestedBy, name: `${each.name} (${each.email})` })}{' '}
              <Moment at={each.requestedAt} />
            </p>
            <p className="text-meta text-muted">
              {t('reason', { reason: each.reason })}
              {each.contacts.map(({ email, name, decision }) => (
                <span key={email} className="ml-3">
                  {name}: {t(`answers.${decision ?? 'none'}`)}
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
