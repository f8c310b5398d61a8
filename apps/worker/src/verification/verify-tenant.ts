import { join } from 'node:path';
import type { Block, LogHead, NewVerification, TenantId, VerificationFinding } from '@akashi/database';
import { createLogReader } from '@akashi/integrity';
import { SearchFault } from '@akashi/search';
import { BlockBodies } from '../pipeline/block-bodies.ts';
import { identityOf } from '../pipeline/index-events.ts';
import { readPayload, type PipelineParts } from '../pipeline/process-segment.ts';
import { heartbeatAfterMs } from '../sealing/heartbeat.ts';
import { SealingError } from '../sealing/sealing-error.ts';
import { compareIndex, documentsOfBulk } from './compare-index.ts';
import { compareLedger } from './compare-ledger.ts';
import { heldMissing, holdProven, isAnythingHeld, readHeld, type HeldPlaces } from './held-checkpoint.ts';
import { isOfLog } from './log-root.ts';
import { runVerifier, type VerifierReport } from './run-verifier.ts';
import { VerificationUnfinished } from './verification-unfinished.ts';

/** A log whose newest block is older than this has lost its end, or its sealer is down. */
const newestBlockWithinMs = heartbeatAfterMs + 4 * 60_000;
/** More findings than this say nothing new; the count still tells. */
const mostFindings = 1_000;

export interface VerificationParts extends PipelineParts {
  readonly archiveFolder: string;
  /** Where the file of the two held checkpoints is, apart from archive and database. */
  readonly heldFolder: string;
  readonly now: () => Date;
}

function findingsOf(report: VerifierReport | null): VerificationFinding[] {
  if (report === null) return [{ code: 'archive-unreadable', where: 'archive' }];
  return report.problems.map(({ code, object, block, leaf }) => {
    const place = [object, block === undefined ? '' : `block ${block}`, leaf === undefined ? '' : `record ${leaf}`];
    return {
      code,
      where: place.filter((part) => part !== '').join(' '),
      ...(block === undefined ? {} : { block }),
      ...(leaf === undefined ? {} : { leaf }),
    };
  });
}

async function* readEntries(parts: VerificationParts, tenantId: TenantId, size: number): AsyncIterable<Uint8Array> {
  const archive = parts.archive.forTenant(tenantId);
  const reader = createLogReader((path) => archive.get(`log/${path}`));
  for (let index = 0; index < size; index += 1) yield await reader.entry(index, size);
}

/** Whether anything was ever sealed, by the archive or by a checkpoint that was proven once. */
async function hasEvidence(parts: VerificationParts, places: HeldPlaces, tenantId: TenantId): Promise<boolean> {
  const isHeld = await isAnythingHeld(places, tenantId);
  return isHeld || (await parts.archive.forTenant(tenantId).get('log/checkpoint')) !== null;
}

async function checkIndexOfBlock(
  parts: VerificationParts,
  tenantId: TenantId,
  block: Block,
): Promise<VerificationFinding[]> {
  const { segmentId } = block;
  if (segmentId === null) return [];
  const payload = await readPayload(parts, tenantId, block);
  const derivation = await parts.derivationOf(tenantId);
  const documentsKey = parts.keyring.forTenant(tenantId).documentsKey();
  const segment = identityOf(parts.search, tenantId, segmentId);
  const bodies = new BlockBodies(parts.compute, { payload, segment, derivation, documentsKey });
  const chunks = await Array.fromAsync(bodies);
  const stored = await Array.fromAsync(parts.search.forTenant(tenantId).scanSegment(segmentId));
  const place = { segmentId, block: block.number, firstLeaf: 0 };
  return compareIndex(documentsOfBulk(chunks, segment), stored, place);
}

/** Whether a failure is the evidence's own: a store that is away tells nothing of what it holds. */
function saysSomething(error: unknown): boolean {
  return error instanceof SealingError || (error instanceof SearchFault && !error.retryable);
}

async function checkIndex(parts: VerificationParts, tenantId: TenantId, size: number): Promise<VerificationFinding[]> {
  const tenant = parts.database.forTenant(tenantId);
  const findings: VerificationFinding[] = [];
  for (let number = 0; number < size && findings.length < mostFindings; number += 1) {
    const block = await tenant.blocks.get(number);
    if (block === null || block.records === 0 || block.indexedAt === null) continue;
    try {
      findings.push(...(await checkIndexOfBlock(parts, tenantId, block)));
    } catch (cause) {
      if (!saysSomething(cause)) throw new VerificationUnfinished('a store went away', { cause });
      findings.push({ code: 'block-unreadable', where: `block ${number}`, block: number });
    }
  }
  return findings;
}

/** The ledger's copy of the newest checkpoint must be a signed one of the log that the archive holds. */
async function checkHead(parts: VerificationParts, tenantId: TenantId, head: LogHead): Promise<VerificationFinding[]> {
  if (head.size === 0) return [];
  const verifierKey = parts.keyring.forTenant(tenantId).verifierKey();
  const signed = { note: head.checkpoint ?? '', size: head.size, verifierKey };
  const same = await isOfLog(parts.archive.forTenant(tenantId), signed);
  return same ? [] : [{ code: 'ledger-checkpoint-altered', where: `checkpoint of size ${head.size}` }];
}

/** Looks for a log that ends too early: fewer blocks than the ledger knows, or no heartbeat lately. */
async function checkEnd(parts: VerificationParts, tenantId: TenantId): Promise<VerificationFinding[]> {
  const last = await parts.database.forTenant(tenantId).blocks.lastSealedAt();
  const ageMs = last === null ? Number.POSITIVE_INFINITY : parts.now().getTime() - last.getTime();
  return ageMs > newestBlockWithinMs ? [{ code: 'heartbeat-missing', where: 'end of the log' }] : [];
}

/**
 * Looks for documents that no landing segment of the ledger stands behind: put there by hand, or left behind by a log that was
 * cut after the last proof. A segment is in the ledger before its records are in the index, so the ledger is read afterwards.
 */
async function checkBehindEnd(parts: VerificationParts, tenantId: TenantId): Promise<VerificationFinding[]> {
  const search = parts.search.forTenant(tenantId);
  const findings: VerificationFinding[] = [];
  try {
    if ((await search.listWithoutSegment()).length > 0)
      findings.push({ code: notSealed, where: 'documents without a segment' });
    for (let after: string | undefined; findings.length < mostFindings;) {
      const page = await search.listSegments(after);
      const ids = page.segments.map(({ segmentId }) => segmentId);
      findings.push(...(await unplacedSegments(parts, tenantId, ids)));
      if (page.next === undefined) break;
      after = page.next;
    }
  } catch (error) {
    // An organisation that has sent nothing has no index yet; one that cannot be read is found by the blocks' own check.
    if (!(error instanceof SearchFault)) throw error;
  }
  return findings;
}

const notSealed = 'index-block-not-sealed';

async function unplacedSegments(
  parts: VerificationParts,
  tenantId: TenantId,
  segmentIds: readonly string[],
): Promise<VerificationFinding[]> {
  const { segments, log } = parts.database.forTenant(tenantId);
  const places = new Map((await segments.places(segmentIds)).map((place) => [place.segmentId, place]));
  const { size } = await log.get();
  return segmentIds.flatMap((segmentId): VerificationFinding[] => {
    const place = places.get(segmentId);
    if (place === undefined) return [{ code: notSealed, where: `segment ${segmentId}` }];
    const { block, sealedAt } = place;
    return block !== null && sealedAt !== null && block >= size
      ? [{ code: notSealed, where: `block ${block}`, block }]
      : [];
  });
}

/**
 * Proves everything of one tenant (PCI DSS 10.3.4): the archive by the offline verifier and against the checkpoints
 * that were proven last time, the ledger's rows against the log, and every indexed document against its sealed record. Blocks
 * sealed while it runs belong to the next run. Null for a tenant of which nothing was ever sealed. Rejects with
 * `VerificationUnfinished` when nothing speaks of an alteration but not everything could be looked at.
 */
export async function verifyTenant(parts: VerificationParts, tenantId: TenantId): Promise<NewVerification | null> {
  const startedAt = parts.now();
  const keys = parts.keyring.forTenant(tenantId);
  const head = await parts.database.forTenant(tenantId).log.get();
  const places = { database: parts.database, archive: parts.archive, folder: parts.heldFolder };
  if (head.size === 0 && !(await hasEvidence(parts, places, tenantId))) return null;
  const verifierKey = keys.verifierKey();
  const held = await readHeld(places, tenantId, verifierKey);
  const report = await runVerifier({
    folder: join(parts.archiveFolder, tenantId),
    verifierKey,
    dataKeyFile: keys.dataKeyFile(),
    heldCheckpoint: held.file,
  });
  const findings = findingsOf(report);
  if (report !== null && report.size < head.size)
    findings.push({ code: 'archive-behind-ledger', where: 'log/checkpoint' });
  findings.push(...(await checkHead(parts, tenantId, head)));
  const size = Math.min(head.size, report?.size ?? 0);
  const isProven = findings.length === 0 && held.findings.every(({ code }) => code === heldMissing);
  findings.push(...held.findings);
  if (isProven) {
    if (report !== null && report.checkpoint !== null) {
      await holdProven(places, tenantId, { note: report.checkpoint, verifierKey, at: startedAt });
    }
    const tenant = parts.database.forTenant(tenantId);
    findings.push(...(await compareLedger({ tenant, entries: readEntries(parts, tenantId, size) })));
  }
  try {
    findings.push(...(await checkIndex(parts, tenantId, size)));
  } catch (error) {
    // What is known of the archive and the ledger does not wait for an index that is away.
    if (findings.length === 0) throw error;
  }
  findings.push(...(await checkEnd(parts, tenantId)));
  findings.push(...(await checkBehindEnd(parts, tenantId)));
  return {
    kind: 'full',
    outcome: report === null ? 'unreadable' : findings.length === 0 ? 'proven' : 'altered',
    startedAt,
    finishedAt: parts.now(),
    treeSize: size,
    blocks: report?.blocks ?? 0,
    records: report?.records ?? 0,
    findings: findings.slice(0, mostFindings),
  };
}
