import type { Archive } from '@akashi/archive';
import { destroySegment, segmentPath } from '@akashi/inbox';
import type { Block, TenantId } from '@akashi/database';
import { decodeBlockBody, splitBlockObject } from '@akashi/integrity';
import type { Derivation } from '@akashi/log-event';
import type { MaskPolicy } from '@akashi/masking';
import type { Lane } from '@akashi/queue';
import type { BlockContent, Sealer } from '../sealing/sealer.ts';
import { defaultPolicy, keepUntilUs } from '../sealing/keep-until.ts';
import { SealingError } from '../sealing/sealing-error.ts';
import { indexSegment, type IndexParts } from './index-events.ts';
import type { MaskedBlock } from './mask-records.ts';

export interface PipelineParts extends IndexParts {
  readonly archive: Archive;
  readonly sealer: Sealer;
  readonly inboxFolder: string;
  /** Told of accepted bytes that can no longer be read; the segment is kept for examination. */
  readonly onDamage: (damage: { tenantId: TenantId; segmentId: string; bytes: number }) => void;
  readonly policyOf: (tenantId: TenantId) => MaskPolicy;
  /** With what the organisation's documents are derived today. */
  readonly derivationOf: (tenantId: TenantId) => Promise<Derivation>;
}

export interface SegmentJob {
  readonly tenantId: TenantId;
  readonly segmentId: string;
  /** What comes by the express lane goes ahead of what came before it, at each step. */
  readonly lane: Lane;
  readonly signal: AbortSignal;
}

/** Reads a sealed block's payload back from the archive. */
export async function readPayload(parts: PipelineParts, tenantId: TenantId, block: Block): Promise<Buffer> {
  const { number: blockNumber, objectKey } = block;
  const object = objectKey === null ? null : await parts.archive.forTenant(tenantId).get(objectKey);
  const split = object === null ? undefined : splitBlockObject(object);
  const dataKeyId = split?.ok === true ? split.header.dataKeyId : null;
  if (split?.ok !== true || dataKeyId === null)
    throw new SealingError('archive-object-conflict', objectKey ?? 'blocks');
  const { key } = parts.keyring.forTenant(tenantId).dataKey(dataKeyId);
  const body = decodeBlockBody({ version: split.header.version, tenantId, blockNumber, key, body: split.body });
  if (!body.ok) throw new SealingError('archive-object-conflict', objectKey ?? 'blocks');
  return body.payload;
}

/** A sealed segment's payload, from the archive. */
export async function readSealed(parts: PipelineParts, tenantId: TenantId, segmentId: string): Promise<Buffer> {
  const block = await parts.database.forTenant(tenantId).blocks.findBySegment(segmentId);
  if (block === null) throw new SealingError('segment-missing', segmentId);
  return readPayload(parts, tenantId, block);
}

async function maskSegment(parts: PipelineParts, job: SegmentJob): Promise<MaskedBlock> {
  const { tenantId, segmentId, lane } = job;
  const path = segmentPath(parts.inboxFolder, job);
  const input = { segmentId, segmentPath: path, policy: parts.policyOf(tenantId) };
  const masked = await parts.compute.mask(input, lane);
  if (masked.damagedBytes > 0) parts.onDamage({ tenantId, segmentId, bytes: masked.damagedBytes });
  await parts.database.forTenant(tenantId).segments.markMasked(segmentId);
  parts.metrics.masked(masked.records, masked.failedClosed);
  return masked;
}

interface SegmentFacts {
  readonly segmentId: string;
  readonly acceptedAtUs: number;
  readonly maskingVersion: string;
}

function contentOf(masked: MaskedBlock, { segmentId, acceptedAtUs, maskingVersion }: SegmentFacts): BlockContent {
  const { compressed, root, records, firstReceivedUs, lastReceivedUs } = masked;
  return {
    segments: [{ segmentId, records }],
    policy: defaultPolicy.name,
    keepUntilUs: keepUntilUs(lastReceivedUs ?? acceptedAtUs, defaultPolicy.keptDays),
    compressed,
    root,
    records,
    firstReceivedUs,
    lastReceivedUs,
    maskingVersion,
  };
}

/**
 * The way of one landing segment: accepted → masked → archived → sealed → (the raw segment is destroyed) → normalized →
 * indexed. It may stop anywhere and be called again: each step finds what the last attempt left and goes on from there.
 */
export async function processSegment(parts: PipelineParts, job: SegmentJob): Promise<void> {
  const { tenantId, segmentId, lane, signal } = job;
  const tenant = parts.database.forTenant(tenantId);
  const segment = await tenant.segments.get(segmentId);
  if (segment === null || segment.indexedAt !== null) return;
  const attempt = await tenant.segments.countAttempt(segmentId);
  let masked: MaskedBlock | undefined;
  if (segment.sealedAt === null) {
    parts.onStep('mask-before-read');
    masked = await maskSegment(parts, job);
    const acceptedAtUs = segment.acceptedAt.getTime() * 1000;
    const maskingVersion = parts.policyOf(tenantId).version;
    const content = contentOf(masked, { segmentId, acceptedAtUs, maskingVersion });
    await parts.sealer.seal(tenantId, segmentId, () => Promise.resolve(content));
    parts.metrics.sealed();
  }
  parts.onStep('seal-before-destroy');
  if ((masked?.damagedBytes ?? 0) === 0) await destroySegment(parts.inboxFolder, job);
  const payload = masked?.payload ?? (await readSealed(parts, tenantId, segmentId));
  const derivation = await parts.derivationOf(tenantId);
  await indexSegment(parts, { tenantId, derivation, segmentId, payload, lane, isReplay: attempt > 1, signal });
}
