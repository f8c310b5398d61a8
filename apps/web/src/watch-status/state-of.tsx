'use client';

import { useTranslations } from 'next-intl';
import type { WatchedThing } from '../api-client/watch-status.ts';

const color = { ok: 'text-good', wrong: 'text-bad', unknown: 'text-attention' } as const;

export function StateOf({ state }: Pick<WatchedThing, 'state'>) {
  const t = useTranslations('watchStatus.states');
  return <span className={`font-medium ${color[state]}`}>{t(state)}</span>;
}
