'use client';

import { useTranslations } from 'next-intl';
import type { AuditTrailEntry } from '../api-client/audit-trail.ts';

/** What was affected, in words: `ロググループ syslog`. */
export function useTargetWord(): (entry: AuditTrailEntry) => string {
  const t = useTranslations('audit.targets');
  return ({ target }) => {
    const kind = t.has(target.kind as 'session') ? t(target.kind as 'session') : target.kind;
    return [kind, target.name ?? target.id].filter(Boolean).join(' ');
  };
}
