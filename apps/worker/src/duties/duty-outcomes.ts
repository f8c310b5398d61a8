import type { DutyRunName } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';
import type { IncidentDesk, IncidentOwner } from '../incidents/incident-desk.ts';

/** Hears how runs of duties went (PCI DSS 10.7.2): the one place to raise what is late or fails, and to end it. */
export interface DutyOutcomes {
  /** A run that should have ended by now; told once. `code` is of its last attempt, null where there was none. */
  late(run: DutyRunName & { readonly dueAt: Date }, code: string | null): Promise<void>;
  /** An attempt failed; the run is taken again later. */
  failed(run: DutyRunName, code: string): Promise<void>;
  /** The duty's work is done: whatever was late or failing before is over. */
  done(run: DutyRunName): Promise<void>;
}

export interface OutcomeParts {
  readonly desk: Pick<IncidentDesk, 'notice' | 'cease'>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Whose incident it is: the organisation's own duties are its own, the installation's are its people's. */
const ownerOf = ({ tenantId }: DutyRunName): IncidentOwner => tenantId ?? 'platform';
const whereOf = ({ duty }: DutyRunName): string => `duty ${duty}`;

/** What is late or fails is an incident, which closes by itself with the next run that is done. None of it rejects. */
export function dutyOutcomes({ desk, logger }: OutcomeParts): DutyOutcomes {
  return {
    late: async (run, code) => {
      const { tenantId, duty, period } = run;
      logger.error({ tenantId, duty, period, code }, 'A duty is late.');
      await desk.notice(ownerOf(run), {
        kind: 'duty-late',
        where: whereOf(run),
        cause: code ?? 'not-done',
        details: { period, dueAt: run.dueAt.toISOString() },
      });
    },
    failed: (run, code) =>
      desk.notice(ownerOf(run), {
        kind: 'duty-failed',
        where: whereOf(run),
        cause: code,
        details: { period: run.period },
      }),
    done: async (run) => {
      for (const kind of ['duty-failed', 'duty-late'] as const)
        await desk.cease(ownerOf(run), { kind, where: whereOf(run) });
    },
  };
}
