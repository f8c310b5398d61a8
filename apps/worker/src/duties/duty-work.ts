import type { TenantId } from '@akashi/database';
import type { installationDuties, organisationDuties } from '@akashi/policy';

/** The period that is being done. */
export interface DutyWork {
  readonly period: string;
  readonly dueAt: Date;
  /** Aborted when the process stops or the run's lease is lost: what is not done yet is somebody else's then. */
  readonly signal: AbortSignal;
}

/**
 * How a run ended. `done` with `after` names the moment that the next run follows; `wait` says that it is too early, and
 * when to ask again. A failure is thrown, with a `code`.
 */
export type DutyResult =
  { readonly kind: 'done'; readonly after?: Date } | { readonly kind: 'wait'; readonly until: Date };

export const done: DutyResult = { kind: 'done' };

/** The work behind each name. It may be repeated after a crash, so it leaves the same behind when done twice. */
export type DutyHandlers = Readonly<
  Record<(typeof organisationDuties)[number], (tenantId: TenantId, work: DutyWork) => Promise<DutyResult>>
> &
  Readonly<Record<(typeof installationDuties)[number], (work: DutyWork) => Promise<DutyResult>>>;
