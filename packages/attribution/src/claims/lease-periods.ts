import type { LearnedFact } from '../learn/learned-fact.ts';
import type { MasterRow } from '../masters/master-row.ts';
import type { Reason } from './claim.ts';

/** A device had an address in [from, until). */
export interface LeasePeriod {
  readonly mac: string;
  readonly address: string;
  readonly from: number;
  readonly until: number;
  readonly because: Reason;
}

/** Servers that write no end renew within this time, or the lease is over. */
export const longestLeaseMs = 8 * 24 * 3600 * 1000;

interface Lease {
  mac: string;
  address: string;
  at: number;
  ownEnd: number | null;
  because: Reason;
}

/**
 * Leases of the master and of the logs as periods. A lease holds until the next one of the same address, or of the same device
 * with another address, until its own end, or for eight days, whichever is first.
 */
export function leasesOf(rows: readonly MasterRow[], facts: readonly LearnedFact[]): LeasePeriod[] {
  const leases = [...rows.flatMap(leaseOfRow), ...facts.flatMap(leaseOfFact)].toSorted(inOrder);
  const ends = facts.filter(({ kind }) => kind === 'lease-end');
  const byAddress = groupBy(leases, ({ address }) => address);
  const byDevice = groupBy(leases, ({ mac }) => mac);
  const releases = groupBy(ends, ({ address }) => address ?? '');
  return leases.flatMap((lease) => {
    const { mac, address, at, ownEnd, because } = lease;
    const bounds = [
      at + longestLeaseMs,
      ownEnd,
      firstAfter(byAddress.get(address), at)?.at,
      firstAfter(byDevice.get(mac), at, (other) => other.address !== address)?.at,
      (releases.get(address) ?? [])
        .filter((end) => end.timeMs > at && (end.mac === null || end.mac === mac))
        .reduce<number | undefined>(
          (least, { timeMs }) => (least === undefined ? timeMs : Math.min(least, timeMs)),
          undefined,
        ),
    ].filter((bound) => bound !== null && bound !== undefined);
    const until = Math.min(...bounds);
    return until > at ? [{ mac, address, from: at, until, because }] : [];
  });
}

function leaseOfRow(row: MasterRow): Lease[] {
  const { mac, address } = row.values;
  const at = row.validFromMs;
  if (mac === undefined || address === undefined || at === null) return [];
  return [{ mac, address, at, ownEnd: row.validUntilMs, because: reason(row.id, mac, address) }];
}

function leaseOfFact(fact: LearnedFact): Lease[] {
  const { kind, mac, address, timeMs, untilMs, eventId } = fact;
  if (kind !== 'lease' || mac === null || address === null) return [];
  return [{ mac, address, at: timeMs, ownEnd: untilMs, because: reason(eventId, mac, address) }];
}

function reason(row: string, mac: string, address: string): Reason {
  return { master: 'dhcp-leases', row, kind: 'lease', params: { mac, address } };
}

function inOrder(one: Lease, other: Lease): number {
  return one.at - other.at || compare(one.mac, other.mac) || compare(one.because.row, other.because.row);
}

/** Binary search: the first lease later than a moment that fulfils the condition. `leases` are in order of time. */
function firstAfter(
  leases: readonly Lease[] | undefined,
  moment: number,
  fits: (lease: Lease) => boolean = () => true,
): Lease | undefined {
  if (leases === undefined) return undefined;
  let low = 0;
  let high = leases.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((leases[middle]?.at ?? 0) > moment) high = middle;
    else low = middle + 1;
  }
  for (let index = low; index < leases.length; index++) {
    const lease = leases[index];
    if (lease !== undefined && fits(lease)) return lease;
    if (lease !== undefined && lease.at > moment + longestLeaseMs) return undefined;
  }
  return undefined;
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
