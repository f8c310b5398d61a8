import type { SearchFilter } from '@akashi/query';
import { SearchFault } from './search-fault.ts';
import { askWhole, boundedBody, maxAnswerBytes, type TenantStream } from './tenant-stream.ts';

export interface PageInTime {
  readonly pointInTime: string;
  readonly keepAlive: string;
  readonly query: SearchFilter;
  readonly sort: readonly object[];
  readonly size: number;
  /** `sort` of the last hit before the page. */
  readonly after: readonly (number | string)[] | undefined;
  readonly asBytes?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The server's answer for one page at a point in time; `too-large` where a smaller page must be asked for. */
export async function pageInTime(stream: TenantStream, page: PageInTime): Promise<unknown> {
  const { pointInTime, keepAlive, query, sort, size, after, asBytes, signal } = page;
  try {
    return await askWhole(stream, {
      method: 'POST',
      path: '/_search',
      tenantId: stream.tenantId,
      query: { allow_partial_search_results: false },
      body: boundedBody(stream, {
        size,
        track_total_hits: false,
        query,
        sort,
        pit: { id: pointInTime, keep_alive: keepAlive },
        ...(after === undefined ? {} : { search_after: after }),
      }),
      maxAnswerBytes,
      ...(asBytes === undefined ? {} : { asBytes }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof SearchFault && error.code === 'search-answer-too-large') return tooLarge;
    throw error;
  }
}

export const tooLarge = 'too-large';
