'use client';

import { useTranslations } from 'next-intl';

/** Restored sets are left out of searches that do not ask for them. */
export function RestoredSwitch({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslations('restores');
  return (
    <label className="flex min-h-6 items-center gap-1.5 text-meta">
      <input
        type="checkbox"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-[var(--accent)]"
      />
      {t('include')}
    </label>
  );
}
