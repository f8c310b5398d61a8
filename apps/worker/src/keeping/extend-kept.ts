import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PairedTenant } from '@akashi/archive';
import type { BlocksToExtend, BlockToExtend, Database, TenantId } from '@akashi/database';
import { farthestDay } from '../sealing/keep-until.ts';

export interface ExtendKeptParts {
  readonly database: {
    readonly platform: Pick<Database['platform'], 'findToExtend'>;
    forTenant(tenantId: TenantId): { readonly blocksToExtend: BlocksToExtend };
  };
  /** With its copy, where there is one. */
  readonly archive: { forTenant(tenantId: string): Pick<PairedTenant, 'keepLonger'> };
  /** Told before each durable step, for fault drills. */
  readonly onStep?: (step: string) => void;
}

export interface Extended {
  readonly blocks: number;
  /** Blocks whose object is not in the archive: the verification tells of them. */
  readonly missing: number;
}

const pageSize = 200;
/** A bucket answers each call in some milliseconds, and many at once. */
const atOnce = 8;

/**
 * Has the archive itself keep what a raise keeps longer (S3: Object Lock dates). Until a block's date is noted it is found
 * again, so a run that was killed is gone on with by the next; doing it twice is doing it once.
 */
export async function extendKept(parts: ExtendKeptParts, signal: AbortSignal): Promise<Extended> {
  const done = { blocks: 0, missing: 0 };
  for (const tenantId of await parts.database.platform.findToExtend()) {
    const place = {
      blocks: parts.database.forTenant(tenantId).blocksToExtend,
      archive: parts.archive.forTenant(tenantId),
      onStep: parts.onStep,
    };
    let after = -1;
    let page: BlockToExtend[];
    do {
      page = await place.blocks.list({ after, limit: pageSize });
      for (let start = 0; start < page.length; start += atOnce) {
        if (signal.aborted) return done;
        const found = await Promise.all(page.slice(start, start + atOnce).map((block) => extend(place, block)));
        done.blocks += found.filter(Boolean).length;
        done.missing += found.filter((isThere) => !isThere).length;
        await nextTurn();
      }
      after = page.at(-1)?.number ?? after;
    } while (page.length === pageSize);
  }
  return done;
}

interface Place {
  readonly blocks: BlocksToExtend;
  readonly archive: Pick<PairedTenant, 'keepLonger'>;
  readonly onStep: ((step: string) => void) | undefined;
}

async function extend({ blocks, archive, onStep }: Place, block: BlockToExtend): Promise<boolean> {
  onStep?.('extend-before-archive');
  if (!(await archive.keepLonger(block.objectKey, block.keptUntil ?? farthestDay))) return false;
  onStep?.('extend-before-note');
  await blocks.note(block);
  return true;
}
