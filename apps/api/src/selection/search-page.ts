import type { SearchOutcome, TenantReading } from '@akashi/search';
import { AppError } from '@akashi/server-kit';
import { emptyWhenMissing } from '../missing-stream.ts';

export type FoundPage = Extract<SearchOutcome, { ok: true }>;

const nothingFound: SearchOutcome = { ok: true, items: [], total: { value: 0, relation: 'eq' }, tookMs: 0 };

/** One page of documents, as the index has them. A cursor that does not lead on is a coded error. */
export async function searchPage(
  reading: Pick<TenantReading, 'search'>,
  request: Parameters<TenantReading['search']>[0],
): Promise<FoundPage> {
  const outcome = await reading.search(request).catch(emptyWhenMissing(nothingFound));
  if (!outcome.ok) throw new AppError(outcome.code === 'cursor-expired' ? 'cursor-expired' : 'cursor-invalid');
  return outcome;
}

/** Every page of a search, one after the other, for as long as they are asked for. */
export async function* searchPages(
  reading: Pick<TenantReading, 'search'>,
  request: Omit<Parameters<TenantReading['search']>[0], 'cursor'>,
): AsyncGenerator<FoundPage, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await searchPage(reading, { ...request, ...(cursor === undefined ? {} : { cursor }) });
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
}
