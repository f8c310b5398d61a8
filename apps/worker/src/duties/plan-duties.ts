import type { DutyRunName, DutyRuns, PlannedRun, UnplannedDuty, WantedDuty } from '@akashi/database';
import {
  dutyPlace,
  farthestDue,
  firstPeriod,
  installationDuties,
  isLocal,
  replannedPeriod,
  scheduleOf,
  type DutyDefinition,
  type DutyName,
  type DutyPeriod,
} from '@akashi/policy';

export type DutyDefinitions = Readonly<Record<DutyName, DutyDefinition>>;

const ofInstallation: ReadonlySet<string> = new Set(installationDuties);

export function definitionOf(definitions: DutyDefinitions, duty: string): DutyDefinition | undefined {
  return Object.hasOwn(definitions, duty) ? definitions[duty as DutyName] : undefined;
}

function wantedDuties(definitions: DutyDefinitions, now: Date): WantedDuty[] {
  return Object.entries<DutyDefinition>(definitions).map(([duty, definition]) => ({
    duty,
    schedule: scheduleOf(definition),
    isLocal: isLocal(definition),
    farthestDueAt: farthestDue(definition, now),
    forInstallation: ofInstallation.has(duty),
    of: definition.of,
  }));
}

/** A period as it is written down: when it is due, and from when on it is late. */
export function plannedRun(
  definition: DutyDefinition,
  run: Pick<DutyRunName, 'tenantId' | 'duty'> & { schedule: string },
  { name, dueAt }: DutyPeriod,
): PlannedRun {
  const { tenantId, duty, schedule } = run;
  const lateAt = new Date(dueAt.getTime() + definition.lateAfterMinutes * 60_000);
  return { tenantId, duty, period: name, schedule, dueAt, lateAt };
}

export const ownerOf = ({ tenantId }: Pick<DutyRunName, 'tenantId'>): string => tenantId ?? 'installation';

function planOne(definitions: DutyDefinitions, unplanned: UnplannedDuty, now: Date): PlannedRun[] {
  const definition = definitionOf(definitions, unplanned.duty);
  if (definition === undefined) return [];
  const { duty, timeZone, pendingPeriod } = unplanned;
  const place = dutyPlace(definition, { duty, owner: ownerOf(unplanned), timeZone });
  const period =
    pendingPeriod === null
      ? firstPeriod(definition, place, now)
      : replannedPeriod(definition, place, { period: pendingPeriod, now });
  return [plannedRun(definition, unplanned, period)];
}

/**
 * Plans a run for every duty that has none as wanted: of new organisations, of another zone or cadence, after a clock that
 * was ahead. Answers how many.
 */
export async function planDuties(
  runs: Pick<DutyRuns, 'findUnplanned' | 'plan'>,
  definitions: DutyDefinitions,
  now: Date,
): Promise<number> {
  const unplanned = await runs.findUnplanned(wantedDuties(definitions, now));
  const plan = unplanned.flatMap((each) => planOne(definitions, each, now));
  if (plan.length > 0) await runs.plan(plan);
  return plan.length;
}
