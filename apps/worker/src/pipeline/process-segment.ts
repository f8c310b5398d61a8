import type { Archive } from '@akashi/archive';
import type { LandingSegment, TenantId } from '@akashi/database';
import type { Derivation } from '@akashi/log-event';
import type { Lane } from '@akashi/queue';
import { faultCode } from '../fault-code.ts';
import type { MaskedMemory } from '../sealing/masked-memory.ts';
import type { OpenBlocks } from '../sealing/open-blocks.ts';
import { indexSegment, type IndexParts } from './index-events.ts';
import { maskSegment, type MaskParts } from './mask-segment.ts';
import { readSealedSegment } from './read-sealed.ts';

export interface PipelineParts extends IndexParts, Omit<MaskParts, 'compute' | 'database'> {
  readonly archive: Archive;
  /** Masked segments that wait for their block. */
  readonly masked: MaskedMemory;
  readonly openBlocks: Pick<OpenBlocks, 'joined' | 'sealAll'>;
  readonly derivationOf: (tenantId: TenantId) => Promise<Derivation>;
}

export interface SegmentJob {
  readonly tenantId: TenantId;
  readonly segmentId: string;
  /** What comes by the express lane goes ahead of what came before it, at each step. */
  readonly lane: Lane;
  readonly signal: AbortSignal;
}

/**
 * The way of one landing segment to the index: accepted → masked → normalized → indexed. Masked, it has joined its open
 * block, which is sealed on its own: neither waits for the other. It may stop anywhere and be called again: each step
 * finds what the last attempt left and goes on from there.
 */
export async function processSegment(parts: PipelineParts, job: SegmentJob): Promise<void> {
  const { tenantId, segmentId, lane, signal } = job;
  const { segments } = parts.database.forTenant(tenantId);
  const segment = await segments.get(segmentId);
  if (segment === null || segment.indexedAt !== null) return;
  const attempt = await segments.countAttempt(segmentId);
  const payload = await payloadOf(parts, job, segment);
  const derivation = await parts.derivationOf(tenantId);
  await indexSegment(parts, { tenantId, derivation, segmentId, payload, lane, isReplay: attempt > 1, signal });
}

async function payloadOf(parts: PipelineParts, job: SegmentJob, segment: LandingSegment): Promise<Uint8Array> {
  const { tenantId, segmentId } = job;
  if (segment.sealedAt !== null) return readSealedSegment(parts, tenantId, segmentId);
  const kept = segment.maskedAt === null ? undefined : parts.masked.payloadOf(segmentId);
  if (kept !== undefined) return kept;
  try {
    return await maskAndJoin(parts, job, segment);
  } catch (error) {
    // Sealed meanwhile: its raw file is gone, and the archive has its records.
    if (faultCode(error) !== 'ENOENT') throw error;
    const now = await parts.database.forTenant(tenantId).segments.get(segmentId);
    if (now === null || now.sealedAt === null) throw error;
    return readSealedSegment(parts, tenantId, segmentId);
  }
}

async function maskAndJoin(parts: PipelineParts, job: SegmentJob, segment: LandingSegment): Promise<Uint8Array> {
  parts.onStep('mask-before-read');
  const masked = await maskSegment(parts, job);
  parts.onStep('mask-after-ledger');
  if (segment.maskedAt === null) parts.metrics.masked(masked.recordCount, masked.failedClosed);
  parts.masked.keep(masked);
  const { tenantId } = job;
  const { retentionPolicy } = segment;
  if (segment.maskedAt === null) parts.openBlocks.joined({ tenantId, retentionPolicy }, masked.payload.length);
  return masked.payload;
}
