import { setTimeout as delay } from 'node:timers/promises';
import type { TenantDatabase } from '@akashi/database';
import { InstallationError } from '../local/installation-error.ts';
import type { DemoTenant, DemoFile } from './provision.ts';
import { signIn, type SignedIn } from './signed-in.ts';
import { lookedAt, pastReviews, statements, type PastException, type PastReview } from './story/past-reviews.ts';
import { dayMs, dayNameOf } from './story/story-time.ts';

/** Something that people do at a moment of the past. */
export interface PastAct {
  readonly atMs: number;
  /** Called once the clock stands there. `goOn` lets so much of their time pass. */
  readonly run: (goOn: (ms: number) => number) => Promise<void>;
}

export interface ReviewingPast {
  readonly file: DemoFile;
  readonly database: Pick<TenantDatabase, 'logReviews'>;
  /** The start of the day on which the story is told. */
  readonly todayMs: number;
}

const reviewer = 'nakamura@demo.example';
const approver = 'suzuki@demo.example';
const lookMs = 75_000;
const readyWithinMs = 180_000;

interface Item {
  readonly id: string;
  readonly report: { readonly id: string };
  readonly state: string;
  readonly verdict: { readonly result: 'clear' | 'needs-look' };
  readonly flagged: readonly { readonly eventId: string | null }[];
  readonly finding: { readonly id: string } | null;
}

/** What the reviewer and the approver of the shop did on the days of its past, in the order of time. */
export function reviewPast(parts: ReviewingPast): PastAct[] {
  return pastReviews.flatMap((review) => actsOf(parts, review)).toSorted((one, other) => one.atMs - other.atMs);
}

function actsOf(parts: ReviewingPast, review: PastReview): PastAct[] {
  const { submittedAfterMs, approvedAfterMs, exception } = review;
  const fromMs = parts.todayMs - review.daysBefore * dayMs;
  const path = `/v1/log-reviews/${dayNameOf(fromMs)}`;
  const begins = submittedAfterMs === null ? null : submittedAfterMs - (exception === undefined ? 12 : 70) * 60_000;
  const acts: (readonly [afterMs: number | null | undefined, by: string, act: Act])[] = [
    [begins, reviewer, (person, goOn) => decideAll(person, { path, review, goOn })],
    [exception?.instructedAfterMs, approver, (person) => instruct(person, path, exception)],
    [exception?.answeredAfterMs, reviewer, (person) => answer(person, path, exception)],
    [submittedAfterMs, reviewer, (person) => submit(person, path, review)],
    [approvedAfterMs, approver, (person) => approve(person, path, exception)],
  ];
  return acts.flatMap(([afterMs, by, act], index): PastAct[] =>
    afterMs === null || afterMs === undefined
      ? []
      : [
          {
            atMs: fromMs + afterMs,
            run: async (goOn) => {
              if (index === 0) await untilChecked(parts.database, dayNameOf(fromMs));
              await act(await signIn(parts.file.apiUrl, userOf(parts.file.tenants[0], by), goOn(0)), goOn);
            },
          },
        ],
  );
}

type Act = (person: SignedIn, goOn: (ms: number) => number) => Promise<void>;

function userOf(tenant: DemoTenant | undefined, email: string): DemoTenant['users'][number] {
  const user = tenant?.users.find((each) => each.email === email);
  if (user === undefined) throw new Error(`nobody of the demonstration is ${email}`);
  return user;
}

/** Until the reports of the day are frozen and the automatic checks of its items were made. */
async function untilChecked({ logReviews }: Pick<TenantDatabase, 'logReviews'>, day: string): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (((await logReviews.get(day))?.review.judgedAt ?? null) === null) {
    if (performance.now() > deadline)
      throw new InstallationError(
        `the reports of ${day} in the demonstration’s past were not made; worker.log may say why.`,
      );
    await delay(50);
  }
}

/** What is clear at once, everything else after a look; what is planted becomes a finding and is escalated. */
async function decideAll(
  person: SignedIn,
  { path, review, goOn }: { path: string; review: PastReview; goOn: (ms: number) => number },
): Promise<void> {
  const { items } = await person.get<{ items: readonly Item[] }>(path);
  const clear = items.filter(({ verdict }) => verdict.result === 'clear').map(({ id }) => id);
  const { exception } = review;
  for (const item of items.filter(({ id }) => !clear.includes(id))) {
    goOn(lookMs);
    await person.send('POST', `${path}/items/${item.id}/look`, { seconds: lookMs / 1000 });
    const isFinding = item.report.id === exception?.report && item.flagged.length > 0;
    if (exception !== undefined && isFinding) await discover(person, { path, item, exception, review });
    else {
      const result = { result: 'no-finding', comment: lookedAt(item.report.id) };
      await person.send('POST', `${path}/items/${item.id}`, result);
    }
  }
  if (clear.length > 0) await person.send('POST', `${path}/bulk`, { items: clear });
}

async function discover(
  person: SignedIn,
  { path, item, exception, review }: { path: string; item: Item; exception: PastException; review: PastReview },
): Promise<void> {
  const { title, who, system, reason, escalation } = exception;
  const day = Date.parse(`${path.slice(-10)}T00:00:00Z`);
  const dueOn = new Date(day + (review.daysBefore + 7) * dayMs).toISOString().slice(0, 10);
  await person.send('POST', `${path}/items/${item.id}`, {
    result: 'exception',
    eventIds: item.flagged.flatMap(({ eventId }) => eventId ?? []),
    finding: { title, severity: 'high', owner: person.id, dueOn, who, system, reason },
  });
  await changeFinding(person, path, { escalate: escalation });
}

async function changeFinding(person: SignedIn, path: string, change: object): Promise<void> {
  const { items } = await person.get<{ items: readonly Item[] }>(path);
  const finding = items.find((item) => item.finding !== null)?.finding;
  if (finding == null) throw new Error('the exception of the past has no finding');
  await person.send('PATCH', `/v1/findings/${finding.id}`, change);
}

async function instruct(person: SignedIn, path: string, exception: PastException | undefined): Promise<void> {
  await changeFinding(person, path, { instruct: exception?.instruction });
}

async function answer(person: SignedIn, path: string, exception: PastException | undefined): Promise<void> {
  const { cause, action, outcome } = exception ?? {};
  await changeFinding(person, path, { cause, action, outcome, state: 'resolved' });
}

async function submit(person: SignedIn, path: string, { comment, lateReason }: PastReview): Promise<void> {
  const statement = statements.submit(path.slice(-10));
  await person.send('POST', `${path}/submit`, { statement, comment, lateReason });
}

async function approve(person: SignedIn, path: string, exception: PastException | undefined): Promise<void> {
  if (exception !== undefined) await changeFinding(person, path, { comment: exception.closing, state: 'closed' });
  await person.send('POST', `${path}/approve`, { statement: statements.approve(path.slice(-10)) });
}
