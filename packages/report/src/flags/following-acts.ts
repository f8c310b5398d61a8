import { actOf, authorityOf, keyPart, listOf } from '../row/row-of.ts';
import type { ReportEvent } from '../row/report-event.ts';
import type { FollowingAct } from '../row/report-row.ts';

const mostElevations = 10_000;
const mostActs = 20;
/** Where the end of an elevation is not known, a working day. */
const longestMs = 8 * 3_600_000;

interface Open {
  readonly acts: FollowingAct[];
  readonly untilMs: number;
}

/**
 * What was done after elevations without approval: the administrative acts of the same person, or else of the account that
 * was become, on the same host. Events come in the order of time.
 */
export class FollowingActs {
  readonly #open = new Map<string, Open>();
  readonly #byElevation = new Map<string, FollowingAct[]>();

  take(event: ReportEvent, isOutside: boolean): void {
    const classes = listOf(event.document['pci.class']);
    const host = keyPart(event, 'host') ?? '';
    const authority = authorityOf(event);
    const user = keyPart(event, 'user');
    const isElevation = classes.includes('privilege-elevation');
    if (!isElevation && classes.includes('administrator-action')) this.#follow(event, { host, user });
    if (!isElevation || !isOutside || this.#byElevation.size >= mostElevations) return;
    const open = { acts: [], untilMs: event.untilMs ?? event.timeMs + longestMs };
    this.#byElevation.set(event.id, open.acts);
    if (event.person !== null) this.#open.set(JSON.stringify(['person', event.person.id, host]), open);
    if (authority !== null) this.#open.set(JSON.stringify(['user', authority, host]), open);
  }

  of(eventId: string): readonly FollowingAct[] | undefined {
    return this.#byElevation.get(eventId);
  }

  #follow(event: ReportEvent, { host, user }: { host: string; user: string | null }): void {
    const byPerson =
      event.person === null ? undefined : this.#open.get(JSON.stringify(['person', event.person.id, host]));
    // Another person's act under the same account is not this one's.
    const byUser = event.person === null ? this.#open.get(JSON.stringify(['user', user, host])) : undefined;
    const open = byPerson ?? byUser;
    if (open === undefined || event.timeMs > open.untilMs || open.acts.length >= mostActs) return;
    open.acts.push({ eventId: event.id, time: new Date(event.timeMs).toISOString(), ...actOf(event) });
  }
}
