import type { Archive } from '@akashi/archive';
import type { Block, Database, TenantId } from '@akashi/database';
import {
  checkOpenedBlock,
  checkStoredBody,
  cutSegment,
  dataKeyIdOf,
  decodeStoredBlock,
  splitBlockObject,
} from '@akashi/integrity';
import type { Keyring } from '@akashi/keyring';
import { SealingError } from '../sealing/sealing-error.ts';

export interface ReadSealedParts {
  readonly database: Database;
  readonly archive: Archive;
  readonly keyring: Keyring;
}

/** The records of one segment, as they stand in a sealed block. */
export interface SealedSegmentRecords {
  readonly segmentId: string;
  /** The leaf of its first record in the block. */
  readonly firstLeaf: number;
  /** For `readBlockRecords`: positions count from 0. */
  readonly payload: Buffer;
}

interface OpenedBlock {
  readonly payload: Buffer;
  readonly segments: readonly { readonly segmentId: string; readonly records: number }[];
}

/** `proven`: held against the header that the ledger has of it, down to the root of its records. */
async function openBlock(
  parts: ReadSealedParts,
  tenantId: TenantId,
  { block, proven = false }: { readonly block: Block; readonly proven?: boolean },
): Promise<OpenedBlock> {
  const { number: blockNumber, objectKey, records } = block;
  if (objectKey === null) return { payload: Buffer.alloc(0), segments: [] };
  const object = await parts.archive.forTenant(tenantId).get(objectKey);
  const split = object === null ? undefined : splitBlockObject(object);
  const dataKeyId = split?.ok === true ? dataKeyIdOf(split) : null;
  if (split?.ok !== true || dataKeyId === null) throw new SealingError('archive-object-conflict', objectKey);
  const { key } = parts.keyring.forTenant(tenantId).dataKey(dataKeyId);
  const body = decodeStoredBlock(split, { tenantId, blockNumber, key });
  if (!body.ok) throw new SealingError('archive-object-conflict', objectKey);
  const isSealed = (): boolean =>
    split.headerBytes.toString('utf8') === block.header &&
    checkStoredBody(split) === 'ok' &&
    checkOpenedBlock(split.header, body, { removed: split.replacement === null ? [] : 'any' }) === 'ok';
  if (proven && !isSealed()) throw new SealingError('archive-object-conflict', objectKey);
  const former = split.header.version === 1 ? split.header.segmentId : null;
  const segments = body.segments ?? (former === null ? [] : [{ segmentId: former, records }]);
  return { payload: body.payload, segments };
}

/** The records of all segments of a sealed block, in the order of its leaves. */
export async function readPayload(parts: ReadSealedParts, tenantId: TenantId, block: Block): Promise<Buffer> {
  return (await openBlock(parts, tenantId, { block })).payload;
}

/** Every segment of a sealed block, read back from the archive; none of a heartbeat. */
export async function readBlockSegments(
  parts: ReadSealedParts,
  tenantId: TenantId,
  block: Block,
): Promise<SealedSegmentRecords[]> {
  return segmentsOf(await openBlock(parts, tenantId, { block }));
}

/** The same, after the object was held against the block's header, and its records against the root that the header names. */
export async function readProvenSegments(
  parts: ReadSealedParts,
  tenantId: TenantId,
  block: Block,
): Promise<SealedSegmentRecords[]> {
  return segmentsOf(await openBlock(parts, tenantId, { block, proven: true }));
}

function segmentsOf({ payload, segments }: OpenedBlock): SealedSegmentRecords[] {
  let firstLeaf = 0;
  return segments.map(({ segmentId, records }) => {
    const segment = { segmentId, firstLeaf, payload: cutSegment(payload, { firstLeaf, records }) };
    firstLeaf += records;
    return segment;
  });
}

/** The records of a sealed segment, read back from the archive. */
export async function readSealedSegment(
  parts: ReadSealedParts,
  tenantId: TenantId,
  segmentId: string,
): Promise<Buffer> {
  const block = await parts.database.forTenant(tenantId).blocks.findBySegment(segmentId);
  if (block === null) throw new SealingError('segment-missing', segmentId);
  const { payload, segments } = await openBlock(parts, tenantId, { block });
  let firstLeaf = 0;
  for (const { segmentId: id, records } of segments) {
    if (id === segmentId) return cutSegment(payload, { firstLeaf, records });
    firstLeaf += records;
  }
  throw new SealingError('segment-missing', segmentId);
}
