'use client';

import { useTranslations } from 'next-intl';
import type { DaysEffect } from './days-effect.ts';

/** What a change of days will do, before it is sent; read out as it changes. */
export function EffectNote({ effect }: { effect: DaysEffect | null }) {
  const t = useTranslations('retention.effects');
  return (
    <div role="status" className="grid gap-1 border-l-2 border-line pl-3">
      {effect === null && <p className="text-muted">{t('unknown')}</p>}
      {effect === 'same' && <p className="text-muted">{t('same')}</p>}
      {(effect === 'raise' || effect === 'both') && <p>{t('raise')}</p>}
      {(effect === 'lower' || effect === 'both') && (
        <>
          <p>{t('lower')}</p>
          <p className="font-medium text-attention">{t(effect === 'both' ? 'secondPersonForAll' : 'secondPerson')}</p>
        </>
      )}
    </div>
  );
}
