import type { NewTombstones, TombstoneAnswer, TombstonesAnswer } from '@akashi/contracts';
import { callApi, readFile } from './call-api.ts';

export type Tombstone = TombstoneAnswer;

export function readTombstones(cursor: string | null, signal: AbortSignal): Promise<TombstonesAnswer> {
  return callApi({
    path: `/v1/tombstones${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
    signal,
  });
}

/** Removes nothing by itself: refused with `second-person-required`, it waits for another person. */
export function removeEvents(body: NewTombstones): Promise<unknown> {
  return callApi({ method: 'POST', path: '/v1/tombstones', body });
}

/** The certificate of a tombstone, byte by byte. */
export function readTombstoneCertificate(id: string): Promise<Blob> {
  return readFile(`/v1/tombstones/${encodeURIComponent(id)}/certificate`, 'application/json');
}
