import type { Block, TenantId } from '@akashi/database';
import { indexSegment } from '../pipeline/index-events.ts';
import type { PipelineParts } from '../pipeline/process-segment.ts';
import { readBlockSegments } from '../pipeline/read-sealed.ts';
import { eachInLanes } from './lanes.ts';

const pageSize = 200;

export interface RebuildResult {
  readonly blocks: number;
  readonly created: number;
  readonly existing: number;
}

async function* blocksWithRecords(parts: PipelineParts, tenantId: TenantId): AsyncIterable<Block> {
  const { blocks } = parts.database.forTenant(tenantId);
  let before: number | undefined;
  for (;;) {
    const page = await blocks.list({ before, limit: pageSize });
    for (const block of page) if (block.records > 0 && block.disposalId === null) yield block;
    before = page.at(-1)?.number;
    if (before === undefined || before === 0) return;
  }
}

export type RebuildParts = PipelineParts & { readonly now: () => Date };

type Counts = Pick<RebuildResult, 'created' | 'existing'>;

async function indexAgain(parts: RebuildParts, tenantId: TenantId, block: Block): Promise<Counts> {
  const derivation = await parts.derivationOf(tenantId);
  const counts = { created: 0, existing: 0 };
  const { documentsToCheck } = parts.database.forTenant(tenantId);
  const segmentIds = await documentsToCheck.ofBlocks({ from: block.number, to: block.number + 1 });
  const known = await documentsToCheck.find(segmentIds, parts.now());
  const online = new Set(known.filter(({ mayBeGone }) => !mayBeGone).map(({ segmentId }) => segmentId));
  if (online.size === 0) return counts;
  for (const { segmentId, payload } of await readBlockSegments(parts, tenantId, block)) {
    if (!online.has(segmentId)) continue;
    const segment = { tenantId, segmentId, derivation, payload };
    const signal = AbortSignal.timeout(attemptWithinMs);
    const outcome = await indexSegment(parts, { ...segment, lane: 'ordinary', isReplay: true, signal });
    counts.created += outcome.created;
    counts.existing += outcome.existing;
  }
  return counts;
}

const attemptWithinMs = 300_000;
/** How many blocks are read, normalized and sent at once: enough to keep reading, computing and sending busy. */
const blocksAtOnce = 3;

/**
 * Makes a tenant's index again from the archive alone, as far as it is to be online; documents that are there stay as they are. With `replace` the
 * documents of the whole tenant go first, so that documents which no sealed record stands behind go too.
 */
export async function rebuildIndex(parts: RebuildParts, tenantId: TenantId, replace: boolean): Promise<RebuildResult> {
  await parts.search.platform.prepare();
  if (replace) {
    // Records that are in no block yet are in no archive either.
    await parts.openBlocks.sealAll(tenantId);
    // What was noted of the documents goes before they do: a crash in between leaves documents to be made again.
    const { derivations } = parts.database.forTenant(tenantId);
    await derivations.markForRemaking('all');
    await parts.search.forTenant(tenantId).removeAll();
    // Intake goes on meanwhile: what was indexed after the first seal went with the rest, and comes again from its block.
    await parts.openBlocks.sealAll(tenantId);
    await derivations.markForRemaking('all');
  }
  const total = { blocks: 0, created: 0, existing: 0 };
  await eachInLanes(blocksWithRecords(parts, tenantId), blocksAtOnce, async (block) => {
    const { created, existing } = await indexAgain(parts, tenantId, block);
    total.blocks += 1;
    total.created += created;
    total.existing += existing;
  });
  return total;
}
