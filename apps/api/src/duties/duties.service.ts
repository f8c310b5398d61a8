import { Inject, Injectable } from '@nestjs/common';
import type { DutiesAnswer, DutyAnswer, DutyRunAnswer, DutyRunsAnswer } from '@akashi/contracts';
import type { Duties, DutyRun, DutyStanding } from '@akashi/database';
import { installationDuties, isPermitted, organisationDuties } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

interface Scope {
  readonly scope: DutyAnswer['scope'];
  readonly names: readonly string[];
  readonly duties: Duties;
}

/** What is due for an organisation, and how it went; the installation's own people see the installation's as well. */
@Injectable()
export class DutiesService {
  readonly #database: ApiParts['database'];
  readonly #clock: ApiParts['clock'];

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>) {
    this.#database = parts.database;
    this.#clock = parts.clock;
  }

  async list(context: RequestContext): Promise<DutiesAnswer> {
    const now = this.#clock.now();
    const lists = await Promise.all(
      this.#scopes(context).map(async ({ scope, names, duties }) =>
        (await duties.standing(names, now)).flatMap((standing) => showStanding(standing, { scope, now })),
      ),
    );
    return { items: lists.flat() };
  }

  async runs(context: RequestContext, duty: string, page: { limit: number }): Promise<DutyRunsAnswer> {
    const found = this.#scopes(context).find(({ names }) => names.includes(duty));
    if (found === undefined) throw new AppError('not-found');
    const now = this.#clock.now();
    return { items: (await found.duties.history(duty, page)).map((run) => showRun(run, now)) };
  }

  #scopes({ tenantId, actor }: RequestContext): Scope[] {
    const own: Scope = {
      scope: 'organisation',
      names: organisationDuties,
      duties: this.#database.forTenant(tenantId).duties,
    };
    if (!isPermitted(actor.role, 'platform.read')) return [own];
    return [own, { scope: 'installation', names: installationDuties, duties: this.#database.platform.duties }];
  }
}

function showRun(run: DutyRun, now: Date): DutyRunAnswer {
  const { period, outcome, errorCode, attempts } = run;
  return {
    period,
    dueAt: run.dueAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    outcome: outcome === 'done' || outcome === 'failed' || outcome === 'skipped' ? outcome : null,
    errorCode,
    attempts,
    late: (run.finishedAt ?? now) > run.lateAt,
  };
}

/** Nothing for a duty that the organisation does not have. */
function showStanding(
  { duty, last, pending }: DutyStanding,
  { scope, now }: { scope: DutyAnswer['scope']; now: Date },
): DutyAnswer[] {
  const shown = last ?? pending;
  if (shown === null) return [];
  const state = stateOf(pending, now);
  const run = showRun(shown, now);
  return [
    {
      duty,
      scope,
      state,
      ...run,
      errorCode: state === 'failing' || state === 'late' ? (pending?.errorCode ?? null) : run.errorCode,
      nextDueAt: pending?.dueAt.toISOString() ?? null,
    },
  ];
}

function stateOf(pending: DutyStanding['pending'], now: Date): DutyAnswer['state'] {
  if (pending === null) return 'waiting';
  if (now > pending.lateAt) return 'late';
  if (pending.errorCode !== null) return 'failing';
  return pending.isRunning ? 'running' : 'waiting';
}
