import { readFile } from 'node:fs/promises';
import { ArchiveError } from '@akashi/archive';
import type { LogHead, NewVerification, OpenFinding, TenantId, VerificationFinding } from '@akashi/database';
import { keysDestroyedKind, verifyCheckpointByAny } from '@akashi/integrity';
import { eventIdOf } from '@akashi/log-event';
import { SearchFault } from '@akashi/search';
import { heartbeatAfterMs } from '../sealing/heartbeat.ts';
import type { KnownTree } from './check-log-growth.ts';
import { heldMissing, holdProven, isAnythingHeld, readHeld, type HeldPlaces } from './held-checkpoint.ts';
import { isOfLog } from './log-root.ts';
import { noProgress } from './no-progress.ts';
import { passSteps, type PassPace } from './rolling-pass.ts';
import { VerificationUnfinished } from './verification-unfinished.ts';
import { verifyArchive } from './verify-archive.ts';
import { verifyIndex } from './verify-index.ts';
import { verifyWholeArchive } from './verify-whole-archive.ts';
import type { VerificationParts } from './verification-parts.ts';

/** A log whose newest block is older than this has lost its end, or its sealer is down. */
const newestBlockWithinMs = heartbeatAfterMs + 15 * 60_000;
/** More findings than this say nothing new; the count still tells. */
const mostFindings = 1_000;

/** How often verification runs, and in how long it goes over everything that is online, and over the whole archive. */
export interface VerificationPace {
  readonly everyMs: number;
  readonly onlineMs: number;
  readonly archiveMs: number;
  /** `passSteps` when it is left out. */
  readonly steps?: { readonly records: number; readonly blocks: number };
}

/**
 * Proves everything of one tenant now (PCI DSS 10.3.4): the archive by the offline verifier and against the checkpoint that
 * was proven last, the ledger's rows against the log, and every document of the index as it was written. Blocks sealed while
 * it runs belong to the next run. Null for a tenant of which nothing was ever sealed. Rejects with `VerificationUnfinished`
 * when nothing speaks of an alteration but not everything could be looked at.
 */
export function verifyTenant(parts: VerificationParts, tenantId: TenantId): Promise<NewVerification | null> {
  return runVerification(parts, tenantId, null);
}

/** The same of what is new, with a part of the passes over the rest; what they found stands until they find it gone. */
export function verifyShare(
  parts: VerificationParts,
  tenantId: TenantId,
  pace: VerificationPace,
): Promise<NewVerification | null> {
  return runVerification(parts, tenantId, pace);
}

async function runVerification(
  parts: VerificationParts,
  tenantId: TenantId,
  pace: VerificationPace | null,
): Promise<NewVerification | null> {
  const startedAt = parts.now();
  const tenant = parts.database.forTenant(tenantId);
  const head = await tenant.log.get();
  const places = { database: parts.database, archive: parts.archive, folder: parts.heldFolder, node: parts.node };
  if (head.size === 0 && !(await hasEvidence(parts, places, tenantId))) return null;
  const archive = await checkArchive(parts, { tenantId, places, head, pace, startedAt });
  const index = await checkIndex(parts, { tenantId, size: Math.min(head.size, archive.size), pace });
  const open = await tenant.verificationFindings.listOpen();
  if (index === null && open.length === 0) throw new VerificationUnfinished('the index went away');
  return {
    kind: pace === null ? 'full' : 'share',
    outcome: archive.isReadable ? (open.length === 0 ? 'proven' : 'altered') : 'unreadable',
    startedAt,
    finishedAt: parts.now(),
    treeSize: Math.min(archive.size, index ?? (await checkedOfIndex(parts, tenantId))),
    blocks: archive.blocks,
    records: archive.records,
    findings: open.slice(0, mostFindings).map(showFinding),
  };
}

interface ArchiveCheck {
  readonly tenantId: TenantId;
  readonly places: HeldPlaces;
  readonly head: LogHead;
  readonly pace: VerificationPace | null;
  readonly startedAt: Date;
}

interface CheckedArchive {
  /** Every block below was proven at least once. */
  readonly size: number;
  readonly blocks: number;
  readonly records: number;
  readonly isReadable: boolean;
}

async function checkArchive(parts: VerificationParts, check: ArchiveCheck): Promise<CheckedArchive> {
  const { tenantId, places, pace, head } = check;
  const { verificationFindings, verificationProgress } = parts.database.forTenant(tenantId);
  const verifierKeys = parts.keyring.forTenant(tenantId).verifierKeys();
  const held = await readHeld(places, tenantId, verifierKeys);
  const beside = [...held.findings, ...(await checkHead(parts, tenantId, head)), ...(await checkEnd(parts, tenantId))];
  const covers = ({ where }: OpenFinding): boolean => isBeside(where);
  await verificationFindings.settle({ part: 'archive', found: beside, covers, at: check.startedAt });
  const known = await readTree(held.file, verifierKeys);
  const progress = await verificationProgress.get('archive');
  const isHeldSound = held.findings.every(({ code }) => code === heldMissing);
  if (pace === null || known === null || progress === null || !isHeldSound)
    return checkWholeArchive(parts, check, { heldFile: held.file, isHeldSound, beside });
  const archivePace: PassPace = {
    everyMs: pace.everyMs,
    periodMs: pace.archiveMs,
    step: pace.steps?.blocks ?? passSteps.blocks,
  };
  try {
    const outcome = await verifyArchive(parts, { tenantId, known, progress, pace: archivePace });
    const { blocks, records } = outcome;
    if (outcome.head !== null) {
      await holdProven(places, tenantId, { note: outcome.head.note, verifierKeys, at: check.startedAt });
    }
    return { size: outcome.progress.checkedBlocks, blocks, records, isReadable: true };
  } catch (cause) {
    if (!isAway(cause)) throw cause;
    throw new VerificationUnfinished('a store went away', { cause });
  }
}

async function checkWholeArchive(
  parts: VerificationParts,
  { tenantId, places, head, startedAt }: ArchiveCheck,
  held: { heldFile: string | undefined; isHeldSound: boolean; beside: readonly VerificationFinding[] },
): Promise<CheckedArchive> {
  const { verificationFindings, verificationProgress } = parts.database.forTenant(tenantId);
  const whole = await verifyWholeArchive(parts, tenantId, { heldFile: held.heldFile, ledgerSize: head.size });
  const { report } = whole;
  const covers = ({ where }: OpenFinding): boolean => !isBeside(where);
  await verificationFindings.settle({ part: 'archive', found: whole.findings, covers, at: startedAt });
  const known = (await verificationProgress.get('archive')) ?? { ...noProgress, updatedAt: startedAt };
  const isSound = held.isHeldSound && held.beside.every(({ code }) => harmlessBeside.has(code));
  const { size, blocks, records } = report;
  if (whole.findings.some(({ code }) => !code.startsWith('ledger-')))
    return { size: Math.min(known.checkedBlocks, size), blocks, records, isReadable: true };
  if (isSound && report.checkpoint !== null) {
    const verifierKeys = parts.keyring.forTenant(tenantId).verifierKeys();
    await holdProven(places, tenantId, { note: report.checkpoint, verifierKeys, at: startedAt });
  }
  await verificationProgress.put('archive', {
    ...noProgress,
    checkedBlocks: Math.max(known.checkedBlocks, size),
    passTotal: size,
    passDueAt: known.passDueAt,
    wholePassStartedAt: startedAt,
    wholePassFinishedAt: parts.now(),
    updatedAt: startedAt,
  });
  return { size, blocks, records, isReadable: true };
}

/** The number of blocks of which every document was looked at; null when the index went away. */
async function checkIndex(
  parts: VerificationParts,
  { tenantId, size, pace }: { tenantId: TenantId; size: number; pace: VerificationPace | null },
): Promise<number | null> {
  // With its keys a closed organisation's documents went: the index holds nothing that could be compared.
  if (await isEnded(parts, tenantId)) return size;
  const step = pace?.steps?.records ?? passSteps.records;
  const indexPace = pace === null ? null : { everyMs: pace.everyMs, periodMs: pace.onlineMs, step };
  try {
    const { progress } = await verifyIndex(parts, { tenantId, size, pace: indexPace });
    return Math.min(size, progress.checkedBlocks);
  } catch (error) {
    if (!isAway(error)) throw error;
    // What is known of the archive and the ledger does not wait for an index that is away.
    return null;
  }
}

/** The log of a closed organisation ends with the statement that its keys are destroyed. */
async function isEnded(parts: VerificationParts, tenantId: TenantId): Promise<boolean> {
  return (await parts.database.forTenant(tenantId).log.newestStatement(keysDestroyedKind)) !== null;
}

async function checkedOfIndex(parts: VerificationParts, tenantId: TenantId): Promise<number> {
  return (await parts.database.forTenant(tenantId).verificationProgress.get('index'))?.checkedBlocks ?? 0;
}

/** A store that does not answer says nothing of what it holds. */
function isAway(error: unknown): boolean {
  return (
    (error instanceof SearchFault && error.retryable) ||
    (error instanceof ArchiveError && error.code === 'archive-unavailable')
  );
}

async function readTree(file: string | undefined, verifierKeys: readonly string[]): Promise<KnownTree | null> {
  if (file === undefined) return null;
  const verified = verifyCheckpointByAny(await readFile(file, 'utf8'), verifierKeys);
  return verified.ok ? verified.checkpoint : null;
}

/** Whether anything was ever sealed, by the archive or by a checkpoint that was proven once. */
async function hasEvidence(parts: VerificationParts, places: HeldPlaces, tenantId: TenantId): Promise<boolean> {
  const isHeld = await isAnythingHeld(places, tenantId);
  return isHeld || (await parts.archive.forTenant(tenantId).get('log/checkpoint')) !== null;
}

const endOfLog = 'end of the log';
const ledgerCheckpoint = 'checkpoint of the ledger';
/** These say nothing against what stands in the log. */
const harmlessBeside = new Set([heldMissing, 'heartbeat-missing']);

/** What every run looks at, beside the archive's objects. */
function isBeside(where: string): boolean {
  return where === endOfLog || where === ledgerCheckpoint || where.startsWith('held checkpoint ');
}

/** The ledger's copy of the newest checkpoint must be a signed one of the log that the archive holds. */
async function checkHead(parts: VerificationParts, tenantId: TenantId, head: LogHead): Promise<VerificationFinding[]> {
  if (head.size === 0) return [];
  const verifierKeys = parts.keyring.forTenant(tenantId).verifierKeys();
  const signed = { note: head.checkpoint ?? '', size: head.size, verifierKeys };
  const same = await isOfLog(parts.archive.forTenant(tenantId), signed);
  return same ? [] : [{ code: 'ledger-checkpoint-altered', where: ledgerCheckpoint }];
}

/** Looks for a log that ends too early: fewer blocks than the ledger knows, or no heartbeat lately. */
async function checkEnd(parts: VerificationParts, tenantId: TenantId): Promise<VerificationFinding[]> {
  if (await isEnded(parts, tenantId)) return [];
  const last = await parts.database.forTenant(tenantId).blocks.lastSealedAt();
  const ageMs = last === null ? Number.POSITIVE_INFINITY : parts.now().getTime() - last.getTime();
  return ageMs > newestBlockWithinMs ? [{ code: 'heartbeat-missing', where: endOfLog }] : [];
}

function showFinding({
  id: _id,
  part: _part,
  foundAt: _foundAt,
  seenAt: _seenAt,
  ...finding
}: OpenFinding): VerificationFinding {
  const { segmentId, position } = finding;
  if (segmentId === undefined || position === undefined) return finding;
  return { ...finding, event: eventIdOf({ segmentId, position }) };
}
