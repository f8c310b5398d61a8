import type { TenantId } from '@akashi/database';

/** Which log groups a caller may read: names in which `*` stands for any characters. Nothing is granted by default. */
export interface Grants {
  readonly logGroups: readonly string[];
}

export interface Actor {
  readonly kind: 'user' | 'api-key';
  readonly id: string;
  readonly name: string;
}

/** Who asks, for which tenant, with which rights: the first argument of every service method. */
export interface RequestContext {
  readonly tenantId: TenantId;
  /** The tenant's IANA zone. */
  readonly timeZone: string;
  readonly actor: Actor;
  readonly grants: Grants;
  readonly requestId: string;
  readonly language: 'ja' | 'en';
}

/** Whether the name is granted; the search filter of the same grants means the same. */
export function mayReadLogGroup(grants: Grants, name: string): boolean {
  return grants.logGroups.some((pattern) => matchesPattern(pattern, name));
}

function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
