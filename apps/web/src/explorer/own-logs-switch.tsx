'use client';

import { useTranslations } from 'next-intl';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

/** The product's own audit trail is left out of searches that do not ask for it. */
export function OwnLogsSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslations('explorer');
  if (!mayDo(useSession(), 'audit-trail.read')) return null;
  return (
    <label className="flex min-h-6 items-center gap-1.5 text-meta">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-[var(--accent)]"
      />
      {t('includeOwn')}
    </label>
  );
}
