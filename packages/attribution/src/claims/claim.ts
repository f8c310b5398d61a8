import type { QueryTree } from '@akashi/query';

/** `certain` by an identifier that one table names; `likely` where a step between could be shared or guessed. */
export type Certainty = 'certain' | 'likely';

/** Tables that a reason names: the masters, and the sessions that are learned from the logs. */
export type ReasonTable = 'common-ids' | 'dhcp-leases' | 'user-devices' | 'assets' | 'sessions';

export type ReasonKind =
  'account' | 'asset' | 'lease' | 'device' | 'elevation' | 'sign-in' | 'only-session' | 'login-id';

/** One row that made the link: of a master, or learned from an event (`row` is then the event's id). */
export interface Reason {
  readonly master: ReasonTable;
  readonly row: string;
  readonly kind: ReasonKind;
  /** What `explainReason` puts into words. */
  readonly params: Readonly<Record<string, string>>;
}

/** What led to the person, the strongest first. */
export const claimKinds = ['account', 'session', 'only-session', 'device', 'address'] as const;
export type ClaimKind = (typeof claimKinds)[number];

/**
 * One statement of the tables: events that fulfil `condition` at a time in [from, until) were this person's (UTC
 * milliseconds; null is open). The condition is a query, so that the index is asked for the same that is said of an event.
 */
export interface Claim {
  readonly kind: ClaimKind;
  readonly person: string;
  readonly certainty: Certainty;
  readonly from: number | null;
  readonly until: number | null;
  readonly condition: QueryTree;
  /** Under what an event may be found to fulfil the condition (`keysOfEvent`). */
  readonly keys: readonly string[];
  readonly because: readonly Reason[];
}
