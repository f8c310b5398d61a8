import type { Block, TenantId } from '@akashi/database';
import { indexSegment } from '../pipeline/index-events.ts';
import { readPayload, type PipelineParts } from '../pipeline/process-segment.ts';
import { eachInLanes } from './lanes.ts';

const pageSize = 200;

export interface RebuildResult {
  readonly blocks: number;
  readonly created: number;
  readonly existing: number;
}

interface SealedSegment {
  readonly block: Block;
  readonly segmentId: string;
}

async function* sealedSegments(parts: PipelineParts, tenantId: TenantId): AsyncIterable<SealedSegment> {
  const { blocks } = parts.database.forTenant(tenantId);
  let before: number | undefined;
  for (;;) {
    const page = await blocks.list({ before, limit: pageSize });
    for (const block of page) if (block.segmentId !== null) yield { block, segmentId: block.segmentId };
    before = page.at(-1)?.number;
    if (before === undefined || before === 0) return;
  }
}

type Counts = Pick<RebuildResult, 'created' | 'existing'>;

async function indexAgain(parts: PipelineParts, tenantId: TenantId, sealed: SealedSegment): Promise<Counts> {
  const { block, segmentId } = sealed;
  const payload = await readPayload(parts, tenantId, block);
  const derivation = await parts.derivationOf(tenantId);
  const signal = AbortSignal.timeout(attemptWithinMs);
  return indexSegment(parts, { tenantId, segmentId, derivation, payload, lane: 'ordinary', isReplay: true, signal });
}

const attemptWithinMs = 300_000;
/** How many blocks are read, normalized and sent at once: enough to keep reading, computing and sending busy. */
const blocksAtOnce = 3;

/**
 * Makes a tenant's index again from the archive alone; documents that are there stay as they are. With `replace` the
 * documents of the whole tenant go first, so that documents which no sealed record stands behind go too.
 */
export async function rebuildIndex(parts: PipelineParts, tenantId: TenantId, replace: boolean): Promise<RebuildResult> {
  await parts.search.platform.prepare();
  if (replace) {
    // What was noted of the documents goes before they do: a crash in between leaves documents to be made again.
    await parts.database.forTenant(tenantId).derivations.markForRemaking('all');
    await parts.search.forTenant(tenantId).removeAll();
  }
  const total = { blocks: 0, created: 0, existing: 0 };
  await eachInLanes(sealedSegments(parts, tenantId), blocksAtOnce, async (sealed) => {
    const { created, existing } = await indexAgain(parts, tenantId, sealed);
    total.blocks += 1;
    total.created += created;
    total.existing += existing;
  });
  return total;
}
