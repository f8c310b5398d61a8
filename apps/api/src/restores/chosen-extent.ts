import type { NewRestore } from '@akashi/contracts';
import type { RestoreAmounts, RestoreExtent, RestorePace, TenantDatabase } from '@akashi/database';
import {
  estimateRestoreSeconds,
  matchesLogGroup,
  mostRestoredLogGroups,
  mostRestoredRecords,
  mostRestoredSets,
  reachOfLogGroup,
  restorableUntil,
} from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';

export type RestoreRefusal = 'restore-empty' | 'restore-limit' | 'restore-too-large';

/** What a request comes to: which records there are, how long they take, and why they would be refused. */
export interface ChosenRestore {
  readonly extent: RestoreExtent;
  readonly amounts: RestoreAmounts;
  readonly estimateSeconds: number;
  readonly refusal: RestoreRefusal | null;
}

type Tenant = Pick<TenantDatabase, 'restores' | 'logGroups'>;

/**
 * Log groups that the caller sees as a whole, and of the period what is sealed. A log group that they see a part of is refused: counts
 * of a set would tell of the rest. One that they do not see is as one that is not there.
 */
export async function chooseRestore(
  context: Pick<RequestContext, 'scope'>,
  { tenant, wanted, now }: { readonly tenant: Tenant; readonly wanted: NewRestore; readonly now: Date },
): Promise<ChosenRestore> {
  const from = new Date(wanted.from);
  const asked = ceilToMs(wanted.to);
  if (from >= asked) throw new AppError('time-range-invalid', { detail: 'from: must be before to' });
  const names = (await tenant.logGroups.list()).map(({ name }) => name);
  const logGroups = seenWhole(context, { wanted: wanted.logGroups, names });
  const until = restorableUntil(now, await tenant.restores.unsealedSince());
  const to = new Date(Math.max(from.getTime(), Math.min(asked.getTime(), until.getTime())));
  const amounts = await tenant.restores.amounts({ extent: { logGroups, from, to }, now });
  const [pace, standing] = await Promise.all([tenant.restores.pace(), tenant.restores.countStanding()]);
  return {
    extent: { logGroups: amounts.logGroups, from, to },
    amounts,
    estimateSeconds: secondsOf(amounts, pace),
    refusal: refusalOf(amounts, standing),
  };
}

function seenWhole(
  { scope }: Pick<RequestContext, 'scope'>,
  { wanted, names }: { readonly wanted: readonly string[]; readonly names: readonly string[] },
): string[] {
  return names.filter((name) => {
    if (!wanted.some((pattern) => matchesLogGroup(pattern, name))) return false;
    const reach = reachOfLogGroup(scope, name);
    if (reach === 'part' && wanted.includes(name)) throw new AppError('forbidden', { reason: 'beyond-own-access' });
    return reach === 'all';
  });
}

function secondsOf(amounts: RestoreAmounts, pace: RestorePace | null): number {
  return estimateRestoreSeconds(amounts, pace);
}

function refusalOf({ records, logGroups }: RestoreAmounts, standing: number): RestoreRefusal | null {
  if (records === 0) return 'restore-empty';
  if (records > mostRestoredRecords || logGroups.length > mostRestoredLogGroups) return 'restore-too-large';
  return standing >= mostRestoredSets ? 'restore-limit' : null;
}

/** Date.parse cuts microseconds off; an end must not lose the records in them. */
function ceilToMs(moment: string): Date {
  const finer = /\.\d{3}(\d+)/.exec(moment)?.[1];
  return new Date(Date.parse(moment) + (finer !== undefined && Number(finer) > 0 ? 1 : 0));
}
