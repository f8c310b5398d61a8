import type { Session } from '@akashi/contracts';

export type { Session };

/** The organisation's name in the language of the page. */
export function tenantName(tenant: Session['tenant'], locale: 'ja' | 'en'): string {
  return (locale === 'ja' ? tenant.nameJa : tenant.nameEn) || tenant.name;
}
