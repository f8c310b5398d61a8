import { releaseMemory } from '@akashi/inbox';
import type { Database, QuarantinedRecord, TenantId } from '@akashi/database';
import { createDocumentHasher } from '@akashi/integrity';
import type { Keyring } from '@akashi/keyring';
import type { Derivation } from '@akashi/log-event';
import type { Lane } from '@akashi/queue';
import type { BulkOutcome, BulkSlots, Search } from '@akashi/search';
import { BlockBodies } from './block-bodies.ts';
import type { ComputePool } from './compute-pool.ts';
import { beginDocuments, noteOf, replaceHashes } from './noted-documents.ts';
import type { PipelineMetrics } from './pipeline-metrics.ts';

export interface IndexParts {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly search: Search;
  /** Of the whole process: how many bodies are on their way to the index. */
  readonly bulkSlots: BulkSlots;
  readonly compute: ComputePool;
  readonly metrics: PipelineMetrics;
  readonly onStep: (step: string) => void;
  /** Told of records that stand as plain text, because reading or indexing them failed. */
  readonly onQuarantined?: (found: { tenantId: TenantId; block: number; reasons: readonly string[] }) => void;
}

export interface BlockToIndex {
  readonly tenantId: TenantId;
  /** Today's; documents that an earlier attempt began to write are finished as they were begun. */
  readonly derivation: Derivation;
  readonly block: number;
  /** Null for a block whose landing segment the ledger does not know, such as an adopted one. */
  readonly segmentId: string | null;
  readonly payload: Uint8Array;
  readonly lane: Lane;
  readonly signal: AbortSignal;
}

/**
 * An index that is away is left to the queue's back-off soon: the next segment must be masked and sealed meanwhile, so
 * that raw lines never wait for the index.
 */
const retry = { maxAttempts: 4, firstDelayMs: 200, maxDelayMs: 2_000 } as const;

const ensured = new WeakMap<Search, Set<TenantId>>();

/** The tenant's data stream is made explicitly, once per process: no index ever comes into being by a typing error. */
async function ensureStream(parts: IndexParts, tenantId: TenantId): Promise<void> {
  const known = ensured.get(parts.search) ?? new Set<TenantId>();
  ensured.set(parts.search, known);
  if (known.has(tenantId)) return;
  await parts.search.platform.installTemplates();
  await parts.search.forTenant(tenantId).ensureStream();
  known.add(tenantId);
}

/** Enough for one block alone to keep the index busy; the slots decide when there are several. */
const bodiesInFlight = 3;

async function createDocuments(parts: IndexParts, input: BlockToIndex, bodies: BlockBodies): Promise<BulkOutcome> {
  const { tenantId, signal } = input;
  await ensureStream(parts, tenantId);
  try {
    return await parts.search.forTenant(tenantId).bulkCreate(normalizedBodies(parts, input, bodies), {
      signal,
      retry,
      // A block of the express lane is one small body: it waits for nobody's large ones.
      ...(input.lane === 'express' ? {} : { slots: parts.bulkSlots }),
      concurrency: bodiesInFlight,
      onDone: (body) => parts.compute.giveBack(body),
    });
  } catch (error) {
    // The stream may have gone with a replaced index server; the next attempt makes it again.
    ensured.get(parts.search)?.delete(tenantId);
    throw error;
  }
}

/** The bodies; after the last of them the whole block is normalized. */
async function* normalizedBodies(parts: IndexParts, input: BlockToIndex, bodies: BlockBodies): AsyncGenerator<Buffer> {
  yield* bodies;
  if (input.segmentId !== null) await parts.database.forTenant(input.tenantId).segments.markNormalized(input.segmentId);
}

interface RefusedRecords {
  readonly payload: Uint8Array;
  readonly leaves: readonly number[];
}

/** The refused documents again, as plain text: they are found although their derived fields are not. Answers the body. */
async function indexRefused(parts: IndexParts, input: BlockToIndex, refused: RefusedRecords): Promise<Buffer> {
  const { block, tenantId, signal } = input;
  const lines = Buffer.from(await parts.compute.plainText({ ...refused, block }));
  await parts.search.forTenant(tenantId).bulkCreate([lines], { signal });
  return lines;
}

/**
 * sealed → normalized → indexed, body by body. Document ids are block and leaf, so that repeating it finds every
 * document there already. Counts reach the catalogue once, in the transaction that marks the block indexed.
 */
export async function indexBlock(parts: IndexParts, input: BlockToIndex): Promise<void> {
  const { tenantId, block, segmentId } = input;
  const tenant = parts.database.forTenant(tenantId);
  const begun = await beginDocuments(parts.database, input, input.derivation);
  const documentsKey = parts.keyring.forTenant(tenantId).documentsKey();
  const { payload } = input;
  const { derivation } = begun;
  const bodies = new BlockBodies(parts.compute, { payload, block, derivation, documentsKey }, input.lane);
  parts.onStep('index-before-bulk');
  const outcome = await createDocuments(parts, input, bodies);
  parts.onStep('index-after-bulk');
  const refused: QuarantinedRecord[] = outcome.rejected.map(({ id, reasonCode }) => ({
    leaf: Number(id.slice(id.indexOf('-') + 1)),
    step: 'indexed',
    reason: reasonCode,
  }));
  const hashes = bodies.documentHashes;
  if (refused.length > 0) {
    const leaves = refused.map(({ leaf }) => leaf).toSorted((a, b) => a - b);
    const body = await indexRefused(parts, input, { payload: bodies.payload, leaves });
    replaceHashes(hashes, leaves, createDocumentHasher(documentsKey).ofBulk(body));
  }
  releaseMemory(bodies.payload);
  const { streams } = bodies;
  const quarantined = [...bodies.quarantined, ...refused];
  const documents = noteOf(begun, hashes, outcome.existing);
  await tenant.segments.finishIndexed({ segmentId, blockNumber: block, streams, quarantined, documents });
  parts.metrics.indexed(outcome.created, quarantined.length);
  if (quarantined.length > 0)
    parts.onQuarantined?.({ tenantId, block, reasons: quarantined.map(({ reason }) => reason) });
}
