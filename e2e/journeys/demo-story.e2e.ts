import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { LogReader } from '../reading/log-reader.ts';
import { settledRangeOf } from '../reading/past-day.ts';
import { verifyOffline } from '../senders/verify-offline.ts';

interface StoryFile {
  readonly reviews: readonly {
    readonly day: string;
    readonly course: 'exception' | 'late' | 'missed' | 'approved' | 'submitted';
    readonly submittedAt: string | null;
    readonly approvedAt: string | null;
    readonly lateReason?: string;
    readonly finding?: { readonly title: string };
  }[];
  readonly openReview: string;
  readonly from: string;
  readonly until: string;
  readonly lines: number;
  readonly planted: readonly {
    readonly id: string;
    readonly day: string;
    readonly alerts?: readonly string[];
    readonly lines: readonly { readonly logGroup: string; readonly logStream: string; readonly record: string }[];
  }[];
}

const demo = inject('demo');
const reader = new LogReader(demo);
const story = JSON.parse(readFileSync(join(inject('home'), 'demo-story.json'), 'utf8')) as StoryFile;
const dayMs = 86_400_000;
/** The day in the zone of the organisation, which has no summer time. */
const dayOf = (moment: string): string => new Date(Date.parse(moment) + 9 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  await settledRangeOf(demo);
});

describe('the past of the demonstration', () => {
  it('has each planted line once, received on its day, as it is kept', async () => {
    for (const { id, day, lines } of story.planted) {
      if (lines.length === 0) continue;
      const from = new Date(Date.parse(`${day}T00:00:00+09:00`)).toISOString();
      const to = new Date(Date.parse(from) + dayMs).toISOString();
      const logGroups = [...new Set(lines.map(({ logGroup }) => logGroup))];
      const found = await reader.readAll({ query: '', logGroups, from, to });
      for (const { record, logStream } of lines) {
        const events = found.filter((event) => event.record === record);
        expect(
          events.map((event) => [event.logStream, dayOf(event.receivedAt)]),
          id,
        ).toEqual([[logStream, day]]);
      }
    }
  });

  it('has the alerts that it tells of, about its planted lines, and few others', async () => {
    const { items: rules } = await reader.get<{ items: { id: string; starter: string | null }[] }>('/v1/rules');
    const starters = new Map(rules.map(({ id, starter }) => [id, starter]));
    const alerts: Alert[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const cursor = next === '' ? '' : `&cursor=${next}`;
      const page: { items: Alert[]; next?: string } = await reader.get(
        `/v1/alerts?limit=200&from=${story.from}&to=${story.until}${cursor}`,
      );
      alerts.push(...page.items);
      next = page.next;
    }
    for (const { id, day, lines, alerts: told = [] } of story.planted) {
      if (told.length === 0) continue;
      const from = new Date(Date.parse(`${day}T00:00:00+09:00`)).toISOString();
      const to = new Date(Date.parse(from) + dayMs).toISOString();
      const logGroups = [...new Set(lines.map(({ logGroup }) => logGroup))];
      const found = await reader.readAll({ query: '', logGroups, from, to });
      const records = new Set(lines.map(({ record }) => record));
      const events = new Set(found.filter(({ record }) => records.has(record)).map((event) => event.id));
      const about = alerts.filter((alert) => alert.events.some((event) => events.has(event.id)));
      expect(
        about.map(({ rule }) => starters.get(rule.id)),
        id,
      ).toEqual(expect.arrayContaining([...told]));
    }
    // Whoever opens the page finds the story, and not a heap.
    expect(alerts.length).toBeLessThan(60);
    expect(alerts.filter(({ incident }) => incident !== null).length).toBeLessThan(8);
  });

  it('is in formats that the product reads', async () => {
    // Groups that no other journey sends to.
    const logGroups = ['apache/access', 'app/orders', 'audit', 'db/access', 'directory/*', 'entry-system', 'network/*'];
    const range = { from: story.from, to: story.until, logGroups };
    expect(await reader.count({ ...range, query: 'NOT parse.status:parsed' })).toBe(0);
    expect(await reader.count({ ...range, query: '' })).toBeGreaterThan(500);
  });

  it('was sealed on the day of its receipt or at the first moment after it that the story tells, on every day', async () => {
    const items: BlocksPage['items'][number][] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: BlocksPage = await reader.get(`/v1/log/blocks?limit=200${next === '' ? '' : `&cursor=${next}`}`);
      items.push(...page.items);
      next = page.next;
    }
    const blocks = items.flatMap(({ firstReceivedAt: received, createdAt: made }) =>
      received === null || made >= story.until ? [] : [{ received, made }],
    );
    // The story moves the clock by a day at a time: a block that was open at the end of one is sealed early in the next.
    for (const { received, made } of blocks) {
      expect(Date.parse(made) - Date.parse(received)).toBeLessThan(2 * dayMs);
    }
    // What there was of the last day was sealed a moment after the story was told.
    expect(new Set(blocks.map(({ received }) => dayOf(received))).size).toBeGreaterThanOrEqual(21);
  });

  it('has days that people reviewed, each as the story tells it, with signatures that are proven offline', async () => {
    const [first] = story.reviews;
    const { items } = await reader.get<{ items: readonly CalendarDay[] }>(
      `/v1/log-reviews?from=${first?.day}&to=${story.openReview}`,
    );
    const told = story.reviews.map(({ day, course }) => [
      day,
      stateOf[course],
      course === 'late' || course === 'missed',
    ]);
    expect(items.map(({ day, state, late }) => [day, state, late]).slice(0, -1)).toEqual(told);
    expect(items.at(-1)).toMatchObject({ day: story.openReview, state: 'open' });
    for (const { day, submittedAt, approvedAt, lateReason } of story.reviews) {
      const shown = items.find((item) => item.day === day);
      expect(isAbout(shown?.submittedAt, submittedAt), `${day} submitted`).toBe(true);
      expect(isAbout(shown?.approvedAt, approvedAt), `${day} approved`).toBe(true);
      if (lateReason !== undefined) expect(shown?.reason).toBe(lateReason);
    }
    const exception = story.reviews.find(({ finding }) => finding !== undefined);
    const found = await reader.get<{ items: { id: string; title: string; state: string }[] }>(
      `/v1/findings?day=${exception?.day}`,
    );
    expect(found.items).toMatchObject([{ title: exception?.finding?.title, state: 'closed' }]);
    const { notes } = await reader.get<{ notes: { kind: string }[] }>(`/v1/findings/${found.items[0]?.id}`);
    expect(notes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['escalation', 'instruction']));
    const proven = await verifyOffline(demo, inject('home'));
    expect(proven.problems).toEqual([]);
    const signed = new Map(proven.reviews?.map(({ day, signatures }) => [day, signatures]));
    for (const { day, submittedAt, approvedAt } of story.reviews) {
      const actions = [...(submittedAt === null ? [] : ['reviewed']), ...(approvedAt === null ? [] : ['approved'])];
      expect(signed.get(day)?.map(({ action, holds }) => [action, holds]) ?? []).toEqual(
        actions.map((action) => [action, true]),
      );
    }
  }, 120_000);
});

interface Alert {
  readonly rule: { readonly id: string };
  readonly events: readonly { readonly id: string }[];
  readonly incident: object | null;
}

interface CalendarDay {
  readonly day: string;
  readonly state: string;
  readonly late: boolean;
  readonly submittedAt?: string;
  readonly approvedAt?: string;
  readonly reason?: string;
}

const stateOf = {
  exception: 'approved',
  late: 'approved',
  missed: 'missed',
  approved: 'approved',
  submitted: 'submitted',
} as const;

interface BlocksPage {
  readonly items: readonly { readonly firstReceivedAt: string | null; readonly createdAt: string }[];
  readonly next?: string;
}

/** The clock of the past goes on while people act, and is moved in whole seconds. */
function isAbout(shown: string | null | undefined, told: string | null): boolean {
  if (told === null) return (shown ?? null) === null;
  return Math.abs(Date.parse(shown ?? '') - Date.parse(told)) < 120_000;
}
