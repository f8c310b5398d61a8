import type { NewReportRun as Wanted } from '@akashi/contracts';
import {
  newUnmaskedId,
  reportBasis,
  runAreaOf,
  type Area,
  type NewReportRun,
  type TenantDatabase,
} from '@akashi/database';
import { seesWholeArea, wholeParts, type ScopePart } from '@akashi/policy';
import { definitionsInForce, productReports } from '@akashi/report';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';
import { seesRun } from './sees-run.ts';

const dayMs = 86_400_000;
const mostDays = 366;

interface ByHand {
  readonly report: string;
  readonly wanted: Wanted;
  readonly tenant: Pick<TenantDatabase, 'reportDefinitions' | 'areas' | 'organisation' | 'reviewSettings'>;
  readonly now: Date;
}

/** A run that a person or program asks for: of an area that they see whole, or of all that they see as a whole. */
export async function planByHand(
  context: RequestContext,
  { report, wanted, tenant, now }: ByHand,
): Promise<NewReportRun> {
  const { from, to } = periodOf(wanted, now);
  const [saved, organisation, settings, area] = await Promise.all([
    tenant.reportDefinitions.newest(),
    tenant.organisation.get(),
    tenant.reviewSettings.get(),
    wanted.area === undefined ? null : tenant.areas.get(wanted.area),
  ]);
  const found = definitionsInForce(productReports, saved).find(({ definition }) => definition.id === report);
  if (found === undefined) throw new AppError('not-found');
  const of = wanted.area === undefined ? { scope: wholeScope(context) } : { area: seenArea(context, area) };
  const { actor } = context;
  const run: NewReportRun = {
    id: newUnmaskedId(),
    definition: found.definition,
    area: 'area' in of ? runAreaOf(of.area) : null,
    basis: {
      ...reportBasis({ organisation, settings }, of),
      ...(wanted.includeRestored === true ? { includeRestored: true } : {}),
    },
    from,
    to,
    day: null,
    kind: 'by-hand',
    requestedBy: { id: actor.kind === 'user' ? actor.id : null, name: actor.name },
    at: now,
  };
  if (!seesRun(context, run)) throw new AppError('forbidden', { reason: 'beyond-own-access' });
  return run;
}

/** What is yet to come cannot be reported on: the same run would say something else tomorrow. */
function periodOf(wanted: Wanted, now: Date): { from: Date; to: Date } {
  const from = new Date(wanted.from);
  const to = new Date(Math.min(Date.parse(wanted.to), now.getTime()));
  if (from >= to) throw new AppError('time-range-invalid', { detail: 'from: must be before to, and in the past' });
  if (to.getTime() - from.getTime() > mostDays * dayMs)
    throw new AppError('time-range-invalid', { detail: `to: at most ${mostDays} days after from` });
  return { from, to };
}

function seenArea(context: RequestContext, area: Area | null): Area {
  if (area === null || !seesWholeArea(context.scope, area)) throw new AppError('not-found');
  return area;
}

/** As a search without log groups: the product's own are left out. */
function wholeScope({ scope }: RequestContext): readonly ScopePart[] {
  const parts = wholeParts(scope);
  if (parts.length === 0)
    throw new AppError('forbidden', { reason: 'nothing-whole', detail: 'nothing is seen as a whole' });
  return parts;
}
