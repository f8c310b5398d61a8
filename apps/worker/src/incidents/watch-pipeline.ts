import type { Database } from '@akashi/database';
import type { Watch } from './watches.ts';

/** Accepted and not searchable for longer than this is late. */
const indexedWithinMs = 5 * 60_000;
/** Accepted and not sealed: the longest interval that an organisation may choose, and what sealing itself may take. */
const sealedWithinMs = 300_000 + 5 * 60_000;

export interface PipelineWatchParts {
  readonly database: { readonly platform: Pick<Database['platform'], 'findLateSegments'> };
  readonly now: () => Date;
}

/** Organisations whose oldest accepted lines wait too long for the index or the seal. */
export function watchPipeline({ database, now }: PipelineWatchParts): Watch {
  return {
    name: 'pipeline',
    kinds: ['pipeline-late'],
    owns: (where) => where === 'index' || where === 'seal',
    look: async () => {
      const at = now();
      const before = (ms: number): Date => new Date(at.getTime() - ms);
      const late = await database.platform.findLateSegments({
        indexedBefore: before(indexedWithinMs),
        sealedBefore: before(sealedWithinMs),
      });
      return late.map(({ tenantId: owner, step, segments, oldestAcceptedAt, lastErrorCode }) => ({
        owner,
        kind: 'pipeline-late' as const,
        where: step,
        cause: lastErrorCode ?? (step === 'index' ? 'not-indexed' : 'not-sealed'),
        details: { segments, oldestAcceptedAt: oldestAcceptedAt.toISOString() },
      }));
    },
  };
}
