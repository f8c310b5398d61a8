import type { PipelineConsumer, Queue } from '@akashi/queue';
import type { Logger, ProcessTimer } from '@akashi/server-kit';
import { expireRestores, noteLateRecords, removeEnded } from './end-restores.ts';
import type { RestoreParts } from './restore-parts.ts';
import { runRestore } from './run-restore.ts';

export interface RestoresSettings {
  readonly parts: Omit<RestoreParts, 'windowBlocks'>;
  readonly queue: Pick<Queue, 'enqueueRestore' | 'consumeRestores'>;
  readonly logger: Logger;
  /** Aborted when the process stops. */
  readonly stopping: AbortSignal;
}

export interface WorkerRestores {
  readonly parts: RestoreParts;
  readonly timers: readonly ProcessTimer[];
  /** Begins to take sets to be made. */
  start(): PipelineConsumer;
}

const lookEveryMs = 1_000;
const endEveryMs = 10_000;
const lateEveryMs = 60_000;
const waitingAtOnce = 8;
const windowBlocks = 64;
/** One at a time, so that it takes one of the machine's cores beside the pipeline. */
const concurrency = 1;

/** Restored sets as this worker takes part in them. */
export function openRestores({ parts: given, queue, logger, stopping }: RestoresSettings): WorkerRestores {
  const parts: RestoreParts = { ...given, windowBlocks };
  const { platform } = parts.database;
  return {
    parts,
    timers: [
      {
        name: 'restores',
        everyMs: lookEveryMs,
        run: async () => {
          const waiting = await platform.restores.findTakeable({ now: parts.now(), limit: waitingAtOnce });
          for (const { tenantId, id } of waiting) await queue.enqueueRestore({ schema: 1, tenantId, restoreId: id });
        },
      },
      {
        name: 'restores-ended',
        everyMs: endEveryMs,
        run: async () => {
          await expireRestores(parts);
          await removeEnded(parts);
        },
      },
      { name: 'restores-late', everyMs: lateEveryMs, run: () => noteLateRecords(parts) },
    ],
    start: () =>
      queue.consumeRestores(
        async ({ tenantId, restoreId }) => {
          const name = { tenantId, id: restoreId } as Parameters<typeof runRestore>[1];
          const outcome = await runRestore(parts, name, stopping);
          if (outcome !== 'again' && outcome !== 'failed') return;
          const restore = await parts.database.forTenant(name.tenantId).restores.get(restoreId);
          logger.warn({ tenantId, restoreId, outcome, code: restore?.errorCode }, 'A restore stopped.');
        },
        { concurrency },
      ),
  };
}
