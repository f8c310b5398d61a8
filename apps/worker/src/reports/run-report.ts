import { AuditRecordTooLargeError, SealedLineMaskedError } from '@akashi/audit-trail';
import type { ReportRunName, TakenReportRun } from '@akashi/database';
import { ReportObjectError } from '@akashi/integrity';
import { UnreadableConditionError } from '@akashi/report';
import { FrozenRowsError } from '@akashi/report-render';
import { faultCode } from '../fault-code.ts';
import { freezeRun } from './freeze-run.ts';
import { RunLostError, type ReportParts, type RunInHand } from './report-parts.ts';
import { sealRun } from './seal-run.ts';
import { waitForIndex } from './wait-for-index.ts';

const leaseMs = 60_000;
/** The lease goes on while the process lives, also where one step of a run takes long. */
const beatEveryMs = 15_000;
/** How often the table hears of a run that goes on. */
const tellEveryMs = 2_000;
const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;
/** Somebody waits for a run by hand and can ask for it again; the day's is tried for most of a day. */
const mostAttempts = { 'by-hand': 6, duty: 200, addendum: 200 } as const;

export type RunOutcome = 'not-taken' | 'waits' | 'done' | 'lost' | 'again' | 'failed';

/**
 * Makes a run of a report, if it waits and no other worker has it: freezes it, seals its hashes, and is done. Killed at any
 * place it is taken up again when its lease ends, and ends as the same run with the same bytes. Before everything that its
 * period received can be searched, it waits. Never rejects for what the run met: it is tried again, or has failed, with the
 * code of the fault.
 */
export async function runReport(parts: ReportParts, { tenantId, id }: ReportRunName): Promise<RunOutcome> {
  const { reportRuns } = parts.database.forTenant(tenantId);
  const run = await reportRuns.take(id, { now: parts.now(), leaseMs });
  if (run === null) return 'not-taken';
  parts.onStep('report-taken');
  const progress = progressOf(parts, { tenantId, run });
  const beat = setInterval(() => void progress(0).catch(() => undefined), beatEveryMs);
  try {
    const later = run.frozenAt === null ? await waitForIndex(parts, { tenantId, run }) : null;
    if (later !== null) {
      await reportRuns.giveBack(run, { at: later, errorCode: null });
      return 'waits';
    }
    await makeRun(parts, { tenantId, run, progress });
    return 'done';
  } catch (error) {
    if (error instanceof RunLostError) return 'lost';
    const errorCode = faultCode(error);
    const at = parts.now();
    if (isForGood(error) || run.attempts >= mostAttempts[run.kind]) {
      await reportRuns.fail(run, { at, errorCode });
      return 'failed';
    }
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (run.attempts - 1));
    await reportRuns.giveBack(run, { at: new Date(at.getTime() + pauseMs), errorCode });
    return 'again';
  } finally {
    clearInterval(beat);
  }
}

async function makeRun(parts: ReportParts, inHand: RunInHand): Promise<void> {
  const { tenantId, run } = inHand;
  const { reportRuns } = parts.database.forTenant(tenantId);
  if (run.frozenAt === null) {
    const found = await freezeRun(parts, inHand);
    if (!(await reportRuns.freeze(run, found))) throw new RunLostError();
  }
  parts.onStep('report-frozen');
  // As it stands in the table: the line of a run is the same whoever makes it.
  const frozen = await reportRuns.get(run.id);
  if (frozen?.frozenAt === undefined || frozen.frozenAt === null) throw new RunLostError();
  await sealRun(parts, tenantId, frozen);
  parts.onStep('report-line-sent');
  if (!(await reportRuns.finish(run, parts.now()))) throw new RunLostError();
}

function progressOf(
  parts: ReportParts,
  { tenantId, run }: { readonly tenantId: ReportRunName['tenantId']; readonly run: TakenReportRun },
): RunInHand['progress'] {
  const { reportRuns } = parts.database.forTenant(tenantId);
  let toldAtMs = parts.now().getTime();
  return async (share) => {
    const nowMs = parts.now().getTime();
    // Asked for at 0 it is whether the run is still this worker's.
    if (share > 0 && nowMs - toldAtMs < tellEveryMs) return;
    toldAtMs = nowMs;
    const until = new Date(nowMs + leaseMs);
    if (!(await reportRuns.noteProgress(run, { progress: Math.min(0.99, share), until }))) throw new RunLostError();
  };
}

/** What another attempt would meet again. */
function isForGood(error: unknown): boolean {
  return (
    error instanceof UnreadableConditionError ||
    error instanceof ReportObjectError ||
    error instanceof FrozenRowsError ||
    error instanceof SealedLineMaskedError ||
    error instanceof AuditRecordTooLargeError
  );
}
