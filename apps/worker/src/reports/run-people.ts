import {
  approvalOf,
  longestSessionMs,
  resolve,
  sessionsOf,
  workClasses,
  type Claims,
  type EventAtTime,
  type MasterRow,
} from '@akashi/attribution';
import { claimsDuring, type ClaimsAsker, type KnownClaims, type MastersAt } from '@akashi/database';
import type { ReportEvent } from '@akashi/report';

export type Attributed = Pick<ReportEvent, 'person' | 'hasConflict' | 'approval' | 'untilMs'>;

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

/** When what an event began was seen to end, by the event's id. */
function endsOf(facts: Parameters<typeof sessionsOf>[0]): ReadonlyMap<string, number> {
  return new Map(
    sessionsOf(facts)
      .filter(({ from, until }) => until < from + longestSessionMs)
      .map(({ eventId, until }) => [eventId, until]),
  );
}
