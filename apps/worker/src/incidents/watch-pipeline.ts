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
  // After an outage everything that waits is late at first, and is soon done: it is late when it still is with the next look.
  let before: ReadonlySet<string> | null = null;
  return {
    name: 'pipeline',
    kinds: ['pipeline-late'],
    owns: (where) => where === 'index' || where === 'seal',
    look: async () => {
      const at = now();
      const ago = (ms: number): Date => new Date(at.getTime() - ms);
      const late = await database.platform.findLateSegments({
        indexedBefore: ago(indexedWithinMs),
        sealedBefore: ago(sealedWithinMs),
      });
      const former = before;
      before = new Set(late.map(nameOf));
      // What a worker before this one noticed goes on, for all that is known.
      if (former === null && late.length > 0) return null;
      const still = late.filter((each) => former?.has(nameOf(each)));
      return still.map(({ tenantId: owner, step, segments, oldestAcceptedAt, lastErrorCode }) => ({
        owner,
        kind: 'pipeline-late' as const,
        where: step,
        cause: lastErrorCode ?? (step === 'index' ? 'not-indexed' : 'not-sealed'),
        details: { segments, oldestAcceptedAt: oldestAcceptedAt.toISOString() },
      }));
    },
  };
}

function nameOf({ tenantId, step }: { readonly tenantId: string; readonly step: string }): string {
  return `${tenantId} ${step}`;
}
