import type { ReportDefinition } from '../definitions/report-definition.ts';
import type { ReportRow, RowPerson } from '../row/report-row.ts';

/** An account that the masters know at the end of the period. */
export interface KnownAccount {
  readonly system: string;
  readonly account: string;
  readonly person: RowPerson;
}

export interface AccountsAtEnd {
  readonly accounts: readonly KnownAccount[];
  /** Of accounts with a change of credentials within the rule's days, as `accountKey` writes them. */
  readonly changed: ReadonlySet<string>;
  /** Since when logs can be searched: an account is only told of when they reach back for all of the days. */
  readonly searchableSinceMs: number;
  readonly periodEndMs: number;
}

/** Accounts are compared without case: directories do so. */
export function accountKey(account: string): string {
  return account.toLowerCase();
}

/** Rows without an event: accounts whose credentials nobody changed (PCI DSS 8.3.9). In the order of system and account. */
export function unchangedCredentials(definition: ReportDefinition, at: AccountsAtEnd): ReportRow[] {
  const rule = definition.flags.find(({ kind }) => kind === 'unchanged-credential');
  if (rule?.kind !== 'unchanged-credential') return [];
  if (at.searchableSinceMs > at.periodEndMs - rule.days * 86_400_000) return [];
  const time = new Date(at.periodEndMs).toISOString();
  return at.accounts
    .filter(({ account }) => !at.changed.has(accountKey(account)))
    .toSorted((one, other) => compare(one.system, other.system) || compare(one.account, other.account))
    .map(({ system, account, person }) => ({
      eventId: null,
      time,
      receivedAt: time,
      person,
      user: account,
      authority: null,
      action: null,
      outcome: null,
      origin: null,
      object: null,
      target: null,
      host: system,
      logGroup: '',
      logStream: '',
      classes: [],
      command: null,
      before: null,
      after: null,
      count: null,
      approval: null,
      until: null,
      flags: [{ kind: 'unchanged-credential', details: { days: rule.days } }],
      recordSha256: null,
      record: null,
    }));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
