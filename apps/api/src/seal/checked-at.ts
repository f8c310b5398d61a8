import type { VerificationProgress, VerificationReach } from '@akashi/database';

/** What is known of when something was looked at last. */
export interface CheckedTimes {
  /** Newest first, as many as are known. */
  readonly runs: readonly VerificationReach[];
  /** Whether there were runs before those. */
  readonly hasEarlier: boolean;
  readonly archive: VerificationProgress | null;
  readonly index: VerificationProgress | null;
}

/** When the documents of a segment were held against its sealed records last: not later than it really was. */
export function documentsCheckedAt(
  times: CheckedTimes,
  { segmentId, block }: { segmentId: string; block: number },
): Date | undefined {
  const { index } = times;
  const isPassed = index?.passCursor !== null && index?.passCursor !== undefined && segmentId <= index.passCursor;
  const whole = index?.wholePassStartedAt ?? null;
  // A pass goes over what there is when it begins; ids of segments are in the order of time.
  const isOfWhole = whole !== null && millisecondsOf(segmentId) < whole.getTime();
  return latest([isPassed ? (index?.passStartedAt ?? null) : null, isOfWhole ? whole : null, firstReach(times, block)]);
}

/** The same of a block in the archive. */
export function blockCheckedAt(times: CheckedTimes, block: number): Date | undefined {
  const { archive } = times;
  const isPassed = archive?.passCursor !== null && block < Number(archive?.passCursor ?? 0);
  const isOfWhole = archive !== null && block < archive.passTotal;
  return latest([
    isPassed ? (archive?.passStartedAt ?? null) : null,
    isOfWhole ? archive.wholePassStartedAt : null,
    firstReach(times, block),
  ]);
}

/** The end of the first run that reached the block. */
function firstReach({ runs, hasEarlier }: CheckedTimes, block: number): Date | null {
  const before = runs.findIndex(({ treeSize }) => treeSize <= block);
  if (before === 0) return null;
  const first = before < 0 ? runs.length - 1 : before - 1;
  if (before < 0 && hasEarlier) return null;
  return runs[first]?.finishedAt ?? null;
}

function millisecondsOf(segmentId: string): number {
  return Number.parseInt(segmentId.slice(0, 8) + segmentId.slice(9, 13), 16);
}

function latest(times: readonly (Date | null)[]): Date | undefined {
  const known = times.filter((time) => time !== null);
  return known.toSorted((a, b) => b.getTime() - a.getTime())[0];
}
