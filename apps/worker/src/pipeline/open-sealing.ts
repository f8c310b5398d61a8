import { destroySegment } from '@akashi/inbox';
import { MaskedMemory } from '../sealing/masked-memory.ts';
import { OpenBlocks, type OpenBlocksParts } from '../sealing/open-blocks.ts';
import type { ComputePool } from './compute-pool.ts';
import { maskSegment, type MaskParts } from './mask-segment.ts';

/** Of masked segments that wait for their block; what finds no room is masked again. */
const maskedBytesKept = 64 * 1024 ** 2;

export type SealingParts = Omit<MaskParts, 'compute'> &
  Pick<OpenBlocksParts, 'sealer' | 'node' | 'now' | 'metrics' | 'onStep' | 'onFault'> & {
    readonly compute: Pick<ComputePool, 'mask' | 'join'>;
  };

/** The open blocks of a node, and the masked segments that wait for them in memory. */
export function openSealing(parts: SealingParts): { masked: MaskedMemory; openBlocks: OpenBlocks } {
  const { compute, inboxFolder, policyOf } = parts;
  const masked = new MaskedMemory(maskedBytesKept);
  const openBlocks = new OpenBlocks({
    ...parts,
    memory: masked,
    mask: (tenantId, segmentId) => maskSegment(parts, { tenantId, segmentId, lane: 'ordinary' }),
    maskingVersionOf: (tenantId) => policyOf(tenantId).version,
    join: (segments) => compute.join(segments),
    destroy: (tenantId, segmentId) => destroySegment(inboxFolder, { tenantId, segmentId }),
  });
  return { masked, openBlocks };
}
