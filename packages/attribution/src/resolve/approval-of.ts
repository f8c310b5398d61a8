import { matches } from '@akashi/query';
import type { Claims } from '../claims/claims-of.ts';
import { compare } from '../claims/lease-periods.ts';
import { holdsAt } from '../claims/period.ts';
import type { EventAtTime, Resolution } from './resolve.ts';

/** Classes whose events are work that somebody must have approved. */
export const approvedClasses = ['administrator-action', 'privilege-elevation', 'policy-change'] as const;

/** Objects of the system are made and deleted by such work too: whoever lists them asks of them as well (PCI DSS 10.2.1.7). */
export const workClasses = [...approvedClasses, 'system-object'] as const;

export interface Approval {
  readonly state: 'inside' | 'outside' | 'unknown';
  /** The row of the approvals that covers it. */
  readonly row?: string;
}

/** Undefined for an event that needs none; `unknown` where nobody knows whose it was. */
export function approvalOf(
  { document, timeMs }: EventAtTime,
  resolution: Resolution | undefined,
  { approvals, classes = approvedClasses }: Pick<Claims, 'approvals'> & { readonly classes?: readonly string[] },
): Approval | undefined {
  const said: unknown = document['pci.class'];
  const listed: readonly unknown[] = Array.isArray(said) ? said : [said];
  if (!classes.some((name) => listed.includes(name))) return undefined;
  return coverOf({ document, timeMs }, resolution, approvals);
}

/** Whether an approval covers an act that somebody must have approved, of whatever class it is. */
export function coverOf(
  { document, timeMs }: EventAtTime,
  resolution: Resolution | undefined,
  approvals: Claims['approvals'],
): Approval {
  if (resolution === undefined) return { state: 'unknown' };
  const [covering] = (approvals.get(resolution.person) ?? [])
    .filter((work) => holdsAt(work, timeMs) && matches(work.condition, document))
    .map(({ row }) => row)
    .toSorted(compare);
  return covering === undefined ? { state: 'outside' } : { state: 'inside', row: covering };
}
