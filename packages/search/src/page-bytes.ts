import type { FoundHit } from './tenant-stream.ts';

/**
 * Bytes of the events of one page as an API answers them. A text stands in an answer as record, as message and in fields, flat
 * and nested: four times at most.
 */
export const pageBytes = 8 * 1024 * 1024;
const copiesOfText = 4;
const bytesBesideText = 2 * 1024;

/** As many of the first documents as one page holds, and always one. */
export function documentsWithin<Hit extends Pick<FoundHit, 'document'>>(hits: readonly Hit[]): readonly Hit[] {
  let left = pageBytes;
  const end = hits.findIndex(({ document }, at) => {
    left -= bytesOf(document);
    return left < 0 && at > 0;
  });
  return end < 0 ? hits : hits.slice(0, end);
}

function bytesOf({ record }: Readonly<Record<string, unknown>>): number {
  return (typeof record === 'string' ? Buffer.byteLength(record) * copiesOfText : 0) + bytesBesideText;
}
