import { newUnmaskedId, type Restore, type RestoreExtent, type TenantDatabase } from '@akashi/database';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import type { RestoreParts, RestoreStep } from './restore-parts.ts';

export interface TestRestores {
  readonly pipeline: TestPipeline;
  readonly tenant: TenantDatabase;
  setClock(ms: number): void;
  now(): Date;
  /** A process with nothing remembered; the n-th time that it comes to the step, it dies. */
  process(dies?: { readonly at: RestoreStep; readonly time: number }): RestoreParts;
  /** Takes lines in at a moment, up to the index, and seals them in a block of their own. */
  take(lines: readonly string[], place: { at: number; logGroup: string }): Promise<void>;
  /** Asks for a set, as the API does. */
  ask(extent: RestoreExtent): Promise<string>;
  get(id: string): Promise<Restore>;
  /** The documents of a set, or those online, by event id, exactly as the index holds them. */
  documents(set: string | null): Promise<Record<string, string>>;
  close(): Promise<void>;
}

/** Real PostgreSQL, OpenSearch, disk and pipeline; the death of a process is an exception at a step, after which nothing of it works. */
export async function openTestRestores(): Promise<TestRestores> {
  const pipeline = await openTestPipeline();
  const { tenantId, parts } = pipeline;
  const tenant = parts.database.forTenant(tenantId);
  const sets: string[] = [];
  const segments: string[] = [];
  let nowMs = Date.now();
  const get = async (id: string): Promise<Restore> => {
    const restore = await tenant.restores.get(id);
    if (restore === null) throw new Error('the restore is gone');
    return restore;
  };
  return {
    pipeline,
    tenant,
    setClock: (ms) => void (nowMs = ms),
    now: () => new Date(nowMs),
    process: (dies) => {
      let passed = 0;
      let isDead = false;
      const alive = (): void => {
        if (isDead) throw new Error('the process is dead');
      };
      return {
        ...pipeline.restart(),
        windowBlocks: 2,
        onStep: (step) => {
          if (step === dies?.at) passed += 1;
          isDead ||= passed === dies?.time;
          alive();
        },
        now: () => {
          alive();
          return new Date(nowMs);
        },
      };
    },
    take: async (lines, { at, logGroup }) => {
      pipeline.clock.nowMs = () => at;
      const segmentId = await pipeline.land(lines, { logGroup });
      const signal = AbortSignal.timeout(60_000);
      await processSegment(parts, { tenantId, segmentId, lane: 'ordinary', signal });
      await parts.openBlocks.sealAll(tenantId);
      segments.push(segmentId);
    },
    ask: async (extent) => {
      const amounts = await tenant.restores.amounts({ extent, now: new Date(nowMs) });
      const id = newUnmaskedId();
      const asked = { id, kind: 'by-hand', ...extent, amounts, estimateSeconds: 1, requestedBy: null } as const;
      await tenant.restores.add({ ...asked, at: new Date(nowMs) }, { limit: 100 });
      sets.push(id);
      return id;
    },
    get,
    documents: async (set) => {
      const search = parts.search.forTenant(tenantId);
      await (set === null ? search : search.restoredSet(set)).refresh();
      const pages =
        set === null ? search.readBack({ segmentIds: segments }) : search.restoredSet(set).readBack(segments);
      const found: Record<string, string> = {};
      for await (const page of pages) for (const { id, source } of page) found[id] = source.toString('utf8');
      return found;
    },
    close: async () => {
      for (const id of sets) await parts.search.forTenant(tenantId).restoredSet(id).remove();
      await pipeline.close();
    },
  };
}
