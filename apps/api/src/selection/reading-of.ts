import type { TenantReading } from '@akashi/search';
import type { ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

export type ReadingParts = Pick<ApiParts, 'search'> & {
  readonly database: Pick<ApiParts['database'], 'forTenant'>;
  readonly clock: Pick<ApiParts['clock'], 'now'>;
};

/** What a call reads: what is online, and the organisation's restored sets where they are asked for. The scope is the same in both. */
export async function readingOf(
  { search, database, clock }: ReadingParts,
  { tenantId }: Pick<RequestContext, 'tenantId'>,
  { includeRestored }: { readonly includeRestored?: boolean | 'true' | 'false' | undefined },
): Promise<TenantReading> {
  const online = search.forTenant(tenantId);
  if (includeRestored !== true && includeRestored !== 'true') return online;
  const sets = await database.forTenant(tenantId).restores.searchable(clock.now());
  if (sets.length === 0) return online;
  return online.withRestored(sets.map(({ from, to, ...set }) => ({ ...set, from: from.getTime(), to: to.getTime() })));
}
