import { tenantField } from '@akashi/log-event';
import type { SearchFilter } from '@akashi/query';

type Json = Readonly<Record<string, unknown>>;

/** The documents of one tenant. Nothing else in the product filters by the field, and no query can name it. */
export function tenantFilter(tenantId: string): SearchFilter {
  return { term: { [tenantField]: { value: tenantId } } };
}

/** The request with its query bounded to one tenant: the filter stands first, above everything that was asked. */
export function inTenant<Body extends Json>(tenantId: string, body: Body): Body & { query: SearchFilter } {
  const asked = body['query'] ?? { match_all: {} };
  return { ...body, query: { bool: { filter: [tenantFilter(tenantId), asked] } } };
}

/** Whether a request is one that `inTenant` gave for this tenant. */
export function isInTenant(tenantId: string, { query }: Json): boolean {
  if (typeof query !== 'object' || query === null) return false;
  const { bool, ...others } = query as { bool?: { filter?: unknown } };
  if (Object.keys(others).length > 0 || typeof bool !== 'object' || !Array.isArray(bool.filter)) return false;
  const isAlone = Object.keys(bool).length === 1;
  return isAlone && JSON.stringify(bool.filter[0]) === JSON.stringify(tenantFilter(tenantId));
}
