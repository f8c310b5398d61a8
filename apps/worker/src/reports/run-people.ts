import {
  approvalOf,
  approvalsNear,
  longestSessionMs,
  resolve,
  sessionsOf,
  workClasses,
  type Approval,
  type Claims,
  type EventAtTime,
  type MasterRow,
  type Resolution,
} from '@akashi/attribution';
import { claimsDuring, type ClaimsAsker, type KnownClaims, type MastersAt } from '@akashi/database';
import type { ReportEvent, RowApproval } from '@akashi/report';

export type Attributed = Pick<ReportEvent, 'person' | 'hasConflict' | 'approval' | 'approvals' | 'untilMs'>;

export type IdentifiedEvent = EventAtTime & { readonly id: string };

export interface RunPeople {
  /** Versions of the tables that people are told by. */
  readonly versions: Readonly<Record<string, number>>;
  /** Whether the organisation keeps approvals at all. */
  readonly keepsApprovals: boolean;
  readonly rows: readonly MasterRow[];
  /** Everything about the period; null where there is too much of it to be held. */
  readonly claims: Claims | null;
  /** Whose acts these were, in their order. */
  attribute(events: readonly IdentifiedEvent[]): Promise<Attributed[]>;
}

/** Events of a day happened on that day, but for clocks that are behind and agents that were away. */
const usualDelayMs = 24 * 60 * 60 * 1000;

/**
 * People by the masters of now, which stay the same for the whole run. What the logs say of sessions and leases is read once
 * for the period; where there is too much of it, and for events of another time, for each page.
 */
export async function openRunPeople(
  known: KnownClaims,
  asker: ClaimsAsker,
  period: { readonly from: number; readonly to: number },
): Promise<RunPeople> {
  const masters = await known.mastersNow(asker.tenantId);
  const span = { from: period.from - usualDelayMs, to: period.to };
  const facts = await known.factsDuring(asker, span);
  const claims = masters.rows.length === 0 || facts === undefined ? null : claimsDuring(span, masters, facts);
  const ends = endsOf(facts ?? []);
  const approvedRows = new Map(masters.rows.flatMap((row) => (row.master === 'approvals' ? [[row.id, row]] : [])));
  return {
    versions: masters.versions,
    rows: masters.rows,
    keepsApprovals: masters.rows.some(({ master }) => master === 'approvals'),
    claims,
    attribute: async (events) => {
      const isUsual = events.every(({ timeMs }) => timeMs >= span.from && timeMs <= span.to);
      const about = claims !== null && isUsual ? claims : await claimsAbout(known, asker, { events, masters });
      return events.map((event) => attributed(event, about));
    },
  };

  function attributed(event: IdentifiedEvent, about: Claims | undefined): Attributed {
    const resolution = about === undefined ? undefined : resolve(event, about);
    const approval = approvalOf(event, resolution, { approvals: about?.approvals ?? new Map(), classes: workClasses });
    return {
      person:
        resolution === undefined
          ? null
          : { id: resolution.person, name: resolution.name, certainty: resolution.certainty },
      hasConflict: resolution?.conflict !== undefined,
      approval: approval?.state ?? null,
      approvals: approvalsToTell(event.timeMs, { approval, resolution, about }).flatMap((id) =>
        shownApproval(approvedRows.get(id)),
      ),
      untilMs: ends.get(event.id) ?? null,
    };
  }
}

function claimsAbout(
  known: KnownClaims,
  asker: ClaimsAsker,
  { events, masters }: { readonly events: readonly EventAtTime[]; readonly masters: MastersAt },
): Promise<Claims | undefined> {
  return masters.rows.length === 0 ? Promise.resolve(undefined) : known.about(asker, events, masters);
}

/** Ids of rows: what covers an act, or what was approved for its person around it. */
function approvalsToTell(
  timeMs: number,
  {
    approval,
    resolution,
    about,
  }: {
    readonly approval: Approval | undefined;
    readonly resolution: Resolution | undefined;
    readonly about: Claims | undefined;
  },
): readonly string[] {
  if (approval?.row !== undefined) return [approval.row];
  if (approval?.state !== 'outside' || resolution === undefined || about === undefined) return [];
  return approvalsNear(resolution.person, timeMs, about).map(({ row }) => row);
}

function shownApproval(row: MasterRow | undefined): RowApproval[] {
  if (row === undefined) return [];
  const { target = '', number = null, purpose = null, approver = null } = row.values;
  const shown = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return [{ target, from: shown(row.validFromMs), to: shown(row.validUntilMs), number, purpose, approver }];
}

/** When what an event began was seen to end, by the event's id. */
function endsOf(facts: Parameters<typeof sessionsOf>[0]): ReadonlyMap<string, number> {
  return new Map(
    sessionsOf(facts)
      .filter(({ from, until }) => until < from + longestSessionMs)
      .map(({ eventId, until }) => [eventId, until]),
  );
}
