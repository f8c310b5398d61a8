'use client';

import { useTranslations } from 'next-intl';

/** What a role is called; its code where no word is known. */
export function useRoleWord(): (role: string) => string {
  const t = useTranslations('roles');
  return (role) => (t.has(role as 'viewer') ? t(role as 'viewer') : role);
}
