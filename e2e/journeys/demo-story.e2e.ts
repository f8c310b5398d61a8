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

  it('is in formats that the product reads', async () => {
    // Groups that no other journey sends to.
    const logGroups = ['apache/access', 'app/orders', 'audit', 'db/access', 'directory/*', 'entry-system', 'network/*'];
    const range = { from: story.from, to: story.until, logGroups };
    expect(await reader.count({ ...range, query: 'NOT parse.status:parsed' })).toBe(0);
    expect(await reader.count({ ...range, query: '' })).toBeGreaterThan(500);
  });

  it('was sealed day by day', async () => {
    const { items } = await reader.get<{
      items: { firstReceivedAt: string | null; lastReceivedAt: string | null; createdAt: string }[];
    }>('/v1/log/blocks?limit=200');
    const days = items
      .filter(({ createdAt }) => createdAt < story.until)
      .map(({ firstReceivedAt, lastReceivedAt, createdAt }) =>
        [firstReceivedAt, lastReceivedAt, createdAt].map((moment) => dayOf(moment ?? '')),
      );
    for (const moments of days) expect(new Set(moments).size).toBe(1);
    // What there was of the last day was sealed a moment after the story was told.
    expect(new Set(days.map(([day]) => day)).size).toBeGreaterThanOrEqual(21);
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
      expect([shown?.submittedAt, shown?.approvedAt].map(minuteOf)).toEqual([submittedAt, approvedAt].map(minuteOf));
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

/** People take some moments for what they do. */
function minuteOf(moment: string | null | undefined): string | null {
  return moment?.slice(0, 16) ?? null;
}
