import type { Session } from '@akashi/contracts';
import type { Permission } from '@akashi/policy';

export type { Permission, Session };

interface NamedTenant {
  nameJa: string;
  nameEn: string;
  /** What stands for a language that it has no name in. */
  name?: string;
}

/** The organisation's name in the language of the page. */
export function tenantName({ nameJa, nameEn, name = '' }: NamedTenant, locale: 'ja' | 'en'): string {
  return (locale === 'ja' ? nameJa : nameEn) || name || nameJa || nameEn;
}

/** What the menu and the buttons go by. The API decides again for every call. */
export function mayDo(session: Session, permission: Permission): boolean {
  return session.permissions.includes(permission);
}
