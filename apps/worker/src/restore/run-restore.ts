import { restoredDays } from '@akashi/policy';
import type { RestoreName, TakenRestore } from '@akashi/database';
import type { Derivation } from '@akashi/log-event';
import type { RestoredSetStream } from '@akashi/search';
import { faultCode } from '../fault-code.ts';
import { SealingError } from '../sealing/sealing-error.ts';
import { proveSegments } from './prove-window.ts';
import { RestoreLostError, RestoreMismatchError, type RestoreInHand, type RestoreParts } from './restore-parts.ts';
import { restoreWindows, type RestoreWindow } from './restore-windows.ts';
import { writeSegments, type WrittenSegment } from './write-window.ts';

const leaseMs = 60_000;
/** The lease goes on while the process lives, and a set that was cancelled is let go of within this time. */
const beatEveryMs = 5_000;
const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;
const mostAttempts = 8;
const dayMs = 86_400_000;

export type RestoreOutcome = 'not-taken' | 'done' | 'lost' | 'again' | 'failed';

/**
 * Makes a restored set, if it waits and no other worker has it: derives the documents of its blocks anew, window by window, writes
 * them into its own stream, and proves each window before the next but one is begun. Killed at any place it goes on behind the last
 * window that was proven, and ends with the same documents. Never rejects for what it met: it is tried again, or has failed, with
 * the code of the fault.
 */
export async function runRestore(
  parts: RestoreParts,
  { tenantId, id }: RestoreName,
  stopping: AbortSignal,
): Promise<RestoreOutcome> {
  const { restores } = parts.database.forTenant(tenantId);
  const restore = await restores.take(id, { now: parts.now(), leaseMs });
  if (restore === null) return 'not-taken';
  parts.onStep('restore-taken');
  const lost = new AbortController();
  const beat = setInterval(() => {
    const until = new Date(parts.now().getTime() + leaseMs);
    restores.keep(restore, until).then(
      (isHeld) => isHeld || lost.abort(),
      // A database that is away for a while takes the lease with it only when it lasts.
      () => undefined,
    );
  }, beatEveryMs);
  beat.unref();
  try {
    await makeSet(parts, { tenantId, restore, signal: AbortSignal.any([lost.signal, stopping]) });
    return 'done';
  } catch (error) {
    if (stopping.aborted) {
      // Cut off by the stop: nothing failed, and whoever is there next may take it at once.
      await restores.giveBack(restore, { at: parts.now(), errorCode: null });
      return 'again';
    }
    if (error instanceof RestoreLostError || lost.signal.aborted) return 'lost';
    return await endAttempt(parts, { tenantId, restore, error });
  } finally {
    clearInterval(beat);
  }
}

async function endAttempt(
  parts: RestoreParts,
  { tenantId, restore, error }: { tenantId: RestoreName['tenantId']; restore: TakenRestore; error: unknown },
): Promise<RestoreOutcome> {
  const { restores } = parts.database.forTenant(tenantId);
  const errorCode = faultCode(error);
  const at = parts.now();
  // What the archive holds does not change by being read again.
  if (error instanceof SealingError || restore.attempts >= mostAttempts) {
    await restores.fail(restore, { at, errorCode });
    return 'failed';
  }
  const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (restore.attempts - 1));
  await restores.giveBack(restore, { at: new Date(at.getTime() + pauseMs), errorCode });
  return 'again';
}

async function makeSet(parts: RestoreParts, inHand: RestoreInHand): Promise<void> {
  const { tenantId, restore } = inHand;
  const stream = parts.search.forTenant(tenantId).restoredSet(restore.id);
  await stream.prepare();
  parts.onStep('restore-prepared');
  const derivation = await parts.derivationOf(tenantId);
  let proving: Promise<void> = Promise.resolve();
  for await (const window of restoreWindows(parts, inHand)) {
    const written = await writeWindow(parts, inHand, { window, stream, derivation });
    parts.onStep('restore-written');
    // One window is read back while the next one is written; what a set holds in memory are these two.
    await proving;
    proving = proveWindow(parts, inHand, { window, written, stream });
    proving.catch(() => undefined);
  }
  await proving;
  await finish(parts, inHand, stream);
}

interface WindowWork {
  readonly window: RestoreWindow;
  readonly stream: RestoredSetStream;
}

async function writeWindow(
  parts: RestoreParts,
  inHand: RestoreInHand,
  { window, stream, derivation }: WindowWork & { readonly derivation: Derivation },
): Promise<WrittenSegment[]> {
  if (inHand.signal.aborted) throw new RestoreLostError();
  const { segments } = window;
  if (segments.length === 0) return [];
  // What an attempt that was cut off left was maybe derived with other settings.
  if (inHand.restore.attempts > 1) await stream.removeSegments(segments.map(({ segmentId }) => segmentId));
  return writeSegments(parts, inHand, { segments, stream, derivation });
}

async function proveWindow(
  parts: RestoreParts,
  { tenantId, restore, signal }: RestoreInHand,
  { window, written, stream }: WindowWork & { readonly written: readonly WrittenSegment[] },
): Promise<void> {
  if (written.length > 0) await proveSegments(parts, tenantId, { segments: written, stream });
  parts.onStep('restore-proven');
  const restored = written.reduce((sum, { positions }) => sum + positions.length, 0);
  const step = { block: window.lastBlock, done: window.records, restored };
  if (signal.aborted || !(await parts.database.forTenant(tenantId).restores.noteDone(restore, step)))
    throw new RestoreLostError();
  parts.onStep('restore-noted');
}

async function finish(
  parts: RestoreParts,
  { tenantId, restore }: RestoreInHand,
  stream: RestoredSetStream,
): Promise<void> {
  const { restores } = parts.database.forTenant(tenantId);
  await stream.refresh();
  const [noted, count] = [await restores.get(restore.id), await stream.count()];
  if (noted?.restoredRecords !== count) throw new RestoreMismatchError(`${count} documents`);
  parts.onStep('restore-counted');
  const at = parts.now();
  const { keptUntil } = await restores.amounts({ extent: restore, now: at });
  const longest = at.getTime() + restoredDays * dayMs;
  const expiresAt = new Date(Math.min(longest, keptUntil?.getTime() ?? longest));
  await restores.noteLate(restore.id);
  if (!(await restores.finish(restore, { at, expiresAt }))) throw new RestoreLostError();
  parts.onStep('restore-finished');
}
