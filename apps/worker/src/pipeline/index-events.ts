import { releaseMemory } from '@akashi/inbox';
import type { Database, QuarantinedRecord, TenantId } from '@akashi/database';
import { createDocumentHasher } from '@akashi/integrity';
import type { Keyring } from '@akashi/keyring';
import { documentGeneration, parseEventId, type Derivation, type FormatCost } from '@akashi/log-event';
import type { Lane } from '@akashi/queue';
import type { BulkOutcome, BulkSlots, Search } from '@akashi/search';
import { BlockBodies } from './block-bodies.ts';
import type { ComputePool } from './compute-pool.ts';
import type { RuleCosts, RulesToMatch } from './match-rules.ts';
import type { SegmentIdentity } from './normalize-records.ts';
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
  /** What an organisation's events are matched with; undefined where it has no rules. */
  readonly rulesOf: (tenantId: TenantId) => Promise<RulesToMatch | undefined>;
  /** Told what the rules took to be asked about a segment. */
  readonly onRuleCosts?: (tenantId: TenantId, costs: RuleCosts) => void;
  /** Told of records that stand as plain text, because reading or indexing them failed. */
  readonly onQuarantined?: (found: { tenantId: TenantId; segmentId: string; reasons: readonly string[] }) => void;
  /** Told what the organisation's own formats took to read a segment. */
  readonly onFormatCosts?: (tenantId: TenantId, costs: readonly FormatCost[]) => void;
}

export interface SegmentToIndex {
  readonly tenantId: TenantId;
  /** Today's; documents that an earlier attempt began to write are finished as they were begun. */
  readonly derivation: Derivation;
  readonly segmentId: string;
  readonly payload: Uint8Array;
  readonly lane: Lane;
  /** An earlier attempt may have written some of the documents. */
  readonly isReplay: boolean;
  readonly signal: AbortSignal;
}

/**
 * An index that is away is left to the queue's back-off soon: the next segment must be masked and sealed meanwhile, so
 * that raw lines never wait for the index.
 */
const retry = { maxAttempts: 4, firstDelayMs: 200, maxDelayMs: 2_000 } as const;

const prepared = new WeakSet<Search>();

/** Templates and streams are made explicitly, once per process: no index ever comes into being by a typing error. */
async function prepareIndex(search: Search): Promise<void> {
  if (prepared.has(search)) return;
  await search.platform.prepare();
  prepared.add(search);
}

/** Enough for one segment alone to keep the index busy; the slots decide when there are several. */
const bodiesInFlight = 3;

type SegmentBegun = SegmentToIndex & { readonly onlineDays: number };

async function createDocuments(parts: IndexParts, input: SegmentBegun, bodies: BlockBodies): Promise<BulkOutcome> {
  const { tenantId, signal, isReplay, onlineDays } = input;
  await prepareIndex(parts.search);
  try {
    return await parts.search.forTenant(tenantId).bulkCreate(normalizedBodies(parts, input, bodies), {
      signal,
      retry,
      isReplay,
      onlineDays,
      // A segment of the express lane is one small body: it waits for nobody's large ones.
      ...(input.lane === 'express' ? {} : { slots: parts.bulkSlots }),
      concurrency: bodiesInFlight,
      onDone: (body) => parts.compute.giveBack(body),
    });
  } catch (error) {
    // The streams may have gone with a replaced index server; the next attempt makes them again.
    prepared.delete(parts.search);
    throw error;
  }
}

/** The bodies; after the last of them the whole segment is normalized. */
async function* normalizedBodies(
  parts: IndexParts,
  input: SegmentToIndex,
  bodies: BlockBodies,
): AsyncGenerator<Buffer> {
  yield* bodies;
  await parts.database.forTenant(input.tenantId).segments.markNormalized(input.segmentId);
}

interface RefusedRecords {
  readonly payload: Uint8Array;
  readonly positions: readonly number[];
}

/** The refused documents again, as plain text: they are found although their derived fields are not. Answers the body. */
async function indexRefused(parts: IndexParts, input: SegmentBegun, refused: RefusedRecords): Promise<Buffer> {
  const { tenantId, segmentId, signal, isReplay, onlineDays } = input;
  const segment = identityOf(parts.search, tenantId, segmentId);
  const lines = Buffer.from(await parts.compute.plainText({ ...refused, segment }));
  await parts.search.forTenant(tenantId).bulkCreate([lines], { signal, isReplay, onlineDays });
  return lines;
}

export function identityOf(search: Search, tenantId: TenantId, segmentId: string): SegmentIdentity {
  return { tenantId, segmentId, documentIdPrefix: search.forTenant(tenantId).documentIdPrefix(segmentId) };
}

/**
 * sealed → normalized → indexed, body by body. Document ids are segment and position, so that repeating it finds every
 * document there already. Counts reach the catalogue once, in the transaction that marks the segment indexed.
 */
export async function indexSegment(
  parts: IndexParts,
  input: SegmentToIndex,
): Promise<Pick<BulkOutcome, 'created' | 'existing'>> {
  const { tenantId, segmentId, payload } = input;
  const tenant = parts.database.forTenant(tenantId);
  const begun = await beginDocuments(parts.database, input, input.derivation);
  const documentsKey = parts.keyring.forTenant(tenantId).documentsKey();
  const { derivation, onlineDays } = begun;
  const segment = identityOf(parts.search, tenantId, segmentId);
  const rules = await parts.rulesOf(tenantId);
  const bodies = new BlockBodies(parts.compute, { payload, segment, derivation, documentsKey, rules }, input.lane);
  parts.onStep('index-before-bulk');
  const outcome = await createDocuments(parts, { ...input, onlineDays }, bodies);
  parts.onStep('index-after-bulk');
  const refused: QuarantinedRecord[] = outcome.rejected.map(({ id, reasonCode }) => ({
    position: parseEventId(id)?.position ?? 0,
    step: 'indexed',
    reason: reasonCode,
  }));
  const hashes = bodies.documentHashes;
  if (refused.length > 0) {
    const positions = refused.map(({ position }) => position).toSorted((a, b) => a - b);
    const refusal = { payload: bodies.payload, positions };
    const body = await indexRefused(parts, { ...input, onlineDays }, refusal);
    replaceHashes(hashes, positions, createDocumentHasher(documentsKey).ofBulk(body));
  }
  releaseMemory(bodies.payload);
  const { streams, learned, timeFacts } = bodies;
  const quarantined = [...bodies.quarantined, ...refused];
  const documents = noteOf(begun, hashes, outcome.existing);
  const generation = documentGeneration;
  const matching = rules === undefined ? undefined : { revision: rules.revision, matches: bodies.matches };
  const counted = { streams, quarantined, learned, matching, timeFacts };
  await tenant.segments.finishIndexed({ segmentId, generation, onlineDays, documents, ...counted });
  parts.onStep('index-after-note');
  for (const costs of bodies.ruleCosts) parts.onRuleCosts?.(tenantId, costs);
  if (bodies.formatCosts.length > 0) parts.onFormatCosts?.(tenantId, bodies.formatCosts);
  parts.metrics.indexed(outcome.created, quarantined.length);
  if (quarantined.length > 0)
    parts.onQuarantined?.({ tenantId, segmentId, reasons: quarantined.map(({ reason }) => reason) });
  return { created: outcome.created, existing: outcome.existing };
}
