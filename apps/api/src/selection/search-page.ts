import type { TenantId } from '@akashi/database';
import type { SearchOutcome, TenantSearch } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import type { ApiParts } from '../api-parts.ts';
import { emptyWhenMissing } from '../missing-stream.ts';

export type FoundPage = Extract<SearchOutcome, { ok: true }>;

const nothingFound: SearchOutcome = { ok: true, items: [], total: { value: 0, relation: 'eq' }, tookMs: 0 };

/** One page of documents, as the index has them. A cursor that does not lead on is a coded error. */
export async function searchPage(
  search: Pick<ApiParts['search'], 'forTenant'>,
  tenantId: TenantId,
  request: Parameters<TenantSearch['search']>[0],
): Promise<FoundPage> {
  const outcome = await search.forTenant(tenantId).search(request).catch(emptyWhenMissing(nothingFound));
  if (!outcome.ok) throw new AppError(outcome.code === 'cursor-expired' ? 'cursor-expired' : 'cursor-invalid');
  return outcome;
}

/** Every page of a search, one after the other, for as long as they are asked for. */
export async function* searchPages(
  search: Pick<ApiParts['search'], 'forTenant'>,
  tenantId: TenantId,
  request: Omit<Parameters<TenantSearch['search']>[0], 'cursor'>,
): AsyncGenerator<FoundPage, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await searchPage(search, tenantId, { ...request, ...(cursor === undefined ? {} : { cursor }) });
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
}
