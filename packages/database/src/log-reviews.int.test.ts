import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './tenant-database.ts';
import type { NewReview } from './tenant/log-reviews/log-reviews.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 30, 0, minute));
const area = {
  id: randomUUID(),
  name: 'カード環境',
  category: 'security-events',
  frequency: 'day',
  logGroups: ['*'],
  logStreams: [],
  sources: [],
  hosts: [],
  reviewers: [],
  approvers: [],
} as const;
const report = (id: string, number: number) => ({ id, number, version: 1, title: { ja: id, en: id } });
const act = { byId: null, byName: 'Akashi', at: at(1) };

function review(day: string, reports = ['failed-sign-ins', 'log-clearing']): NewReview {
  const times = { from: at(0), to: at(10) };
  const items = reports.map((id, index) => ({ report: report(id, index + 3), area, ...times, runId: randomUUID() }));
  const ends = { startedAt: at(0), dueAt: at(60), missedAt: at(120) };
  return { day, timeZone: 'Asia/Tokyo', ...times, ...ends, versions: { 'master people': 2 }, items };
}

describe.runIf(serverUrl !== '')('daily log reviews', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
  });
  beforeEach(async () => {
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    const make = async () =>
      test.database.forTenant((await test.database.platform.createTenant({ slug: randomUUID(), ...details })).id);
    [own, other] = [await make(), await make()];
  });
  afterAll(() => test.drop());

  it('are made once, with the items that they began with, and are another organisation’s never', async () => {
    const made = await Promise.all([
      own.logReviews.create(review('2026-11-29'), []),
      own.logReviews.create(review('2026-11-29', ['password-changes']), []),
    ]);
    expect(made.toSorted()).toEqual([false, true]);
    const whole = await own.logReviews.get('2026-11-29');
    expect([1, 2]).toContain(whole?.items.length);
    expect(whole).toMatchObject({
      review: { state: 'open', revision: 0, timeZone: 'Asia/Tokyo', dueAt: at(60), versions: { 'master people': 2 } },
      acts: [],
    });
    expect(await other.logReviews.get('2026-11-29')).toBeNull();
    expect(await other.logReviews.change('2026-11-29', () => Promise.resolve('seen'))).toBeNull();
    expect(await other.logReviews.list({ from: '2026-01-01', to: '2026-12-31' })).toEqual([]);
  });

  it('let one act at a time: the second sees what the first did', async () => {
    await own.logReviews.create(review('2026-11-29'), []);
    const decide = (by: string) =>
      own.logReviews.change('2026-11-29', async (held) => {
        const [item] = held.whole.items;
        if (item === undefined || item.state !== 'open') return `${by} is late`;
        await held.putItem(item.id, {
          state: 'no-finding',
          decidedBy: randomUUID(),
          decidedByName: by,
          decidedAt: at(1),
        });
        await held.act({ ...act, kind: 'decided', itemId: item.id, byName: by });
        return `${by} decided`;
      });
    const outcomes = await Promise.all(['sato', 'hara', 'mori'].map(decide));
    expect(outcomes.filter((outcome) => outcome?.endsWith('decided'))).toHaveLength(1);
    expect((await own.logReviews.get('2026-11-29'))?.acts).toHaveLength(1);
  });

  it('change nothing once they are approved, whoever asks', async () => {
    await own.logReviews.create(review('2026-11-29'), []);
    await own.logReviews.change('2026-11-29', async (held) => {
      await held.put({ state: 'submitted', revision: 1, submittedAt: at(5) });
      const canonical = Buffer.from('{"day":"2026-11-29"}');
      await held.addRecord({ revision: 1, addendum: 0, canonical, sha256: 'ab'.repeat(32), at: at(5) });
      await held.act({ ...act, kind: 'submitted' });
    });
    await own.logReviews.change('2026-11-29', (held) => held.put({ state: 'approved', approvedAt: at(6) }));
    const item = (await own.logReviews.get('2026-11-29'))?.items[0];
    await expect(own.logReviews.change('2026-11-29', (held) => held.put({ state: 'open' }))).rejects.toThrow(
      'approved',
    );
    await expect(
      own.logReviews.change('2026-11-29', (held) => held.putItem(item?.id ?? '', { state: 'open' })),
    ).rejects.toThrow('approved');
    await own.logReviews.change('2026-11-29', (held) => held.act({ ...act, kind: 'addendum', text: '追記' }));
    expect(await own.logReviews.get('2026-11-29')).toMatchObject({
      review: { state: 'approved' },
      acts: [
        { number: 1, kind: 'submitted' },
        { number: 2, kind: 'addendum', text: '追記' },
      ],
    });
    expect(await own.logReviews.records('2026-11-29')).toMatchObject([
      { revision: 1, addendum: 0, canonical: Buffer.from('{"day":"2026-11-29"}') },
    ]);
    await test.outside.query('SET ROLE akashi_app');
    await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [own.tenantId]);
    for (const table of ['log_review_act', 'log_review_record', 'finding_line', 'finding_note', 'log_review']) {
      await expect(test.outside.query(`DELETE FROM ${table}`), table).rejects.toMatchObject({ code: '42501' });
    }
    for (const column of ['log_review_act SET text', 'log_review_record SET sha256', 'finding_note SET text']) {
      await expect(test.outside.query(`UPDATE ${column} = 'x'`), column).rejects.toMatchObject({ code: '42501' });
    }
    await test.outside.query('RESET ROLE');
  });

  it('are listed by day with what they found, and found by their state', async () => {
    for (const day of ['2026-11-27', '2026-11-28', '2026-11-29']) await own.logReviews.create(review(day), []);
    await own.logReviews.change('2026-11-28', async (held) => {
      await held.putItem(held.whole.items[0]?.id ?? '', { state: 'exception' });
      await held.put({ state: 'missed' });
    });
    const shown = (await own.logReviews.list({ from: '2026-11-28', to: '2026-12-31' })).map(
      ({ day, state, items, exceptions }) => ({ day, state, items, exceptions }),
    );
    expect(shown).toEqual([
      { day: '2026-11-28', state: 'missed', items: 2, exceptions: 1 },
      { day: '2026-11-29', state: 'open', items: 2, exceptions: 0 },
    ]);
    expect(await own.logReviews.firstDay()).toBe('2026-11-27');
    expect((await own.logReviews.newest(['open']))?.day).toBe('2026-11-29');
    expect((await own.logReviews.inState(['open', 'missed'])).map(({ day }) => day)).toEqual([
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ]);
  });

  describe('have findings', () => {
    const values = {
      title: '承認のない昇格',
      severity: 'high',
      ownerId: null,
      dueOn: '2026-12-07',
      who: 'root',
      when: at(3),
      system: 'db01',
      reason: '作業の申請がない',
      cause: null,
      action: null,
      outcome: null,
      ticket: null,
    } as const;
    const found = {
      ...values,
      reviewDay: '2026-11-29',
      itemId: null,
      report: 'privilege-elevations',
      areaId: area.id,
      areaName: area.name,
      foundBy: null,
      foundByName: 'sato',
      foundAt: at(4),
    };
    const line = { recordSha256: 'cd'.repeat(32), time: at(3), logGroup: 'db', logStream: 'db01' };

    it('numbered in the organisation without a gap, however many at once', async () => {
      const made = await Promise.all(
        Array.from({ length: 5 }, () => own.findings.change((held) => held.create(found))),
      );
      expect(made.map(({ number }) => number).toSorted((one, two) => one - two)).toEqual([1, 2, 3, 4, 5]);
      expect((await other.findings.change((held) => held.create(found))).number).toBe(1);
      expect((await own.findings.list({ before: 4, limit: 2 })).map(({ number }) => number)).toEqual([3, 2]);
      expect(await own.findings.list({ states: ['closed'], limit: 10 })).toEqual([]);
    });

    it('with lines pinned once, notes in order and an owner by name', async () => {
      const ownerId = await own.users.put({
        email: `${randomUUID()}@example.jp`,
        passwordHash: null,
        displayName: '佐藤',
        role: 'reviewer',
        language: 'ja',
      });
      const { id } = await own.findings.change((held) => held.create(found));
      await own.findings.change(async (held) => {
        expect(
          await held.pin(
            id,
            [
              { eventId: 'e2', ...line },
              { eventId: 'e1', ...line },
            ],
            { by: 'sato', at: at(4) },
          ),
        ).toBe(2);
        expect(await held.pin(id, [{ eventId: 'e1', ...line }], { by: 'hara', at: at(5) })).toBe(0);
        await held.note(id, { kind: 'escalation', byId: null, byName: 'sato', at: at(5), text: '確認をお願いします' });
        await held.put(id, { ownerId, state: 'escalated' });
        const changes = [{ field: 'owner', before: null, after: '佐藤' }];
        await held.note(id, { kind: 'change', byId: null, byName: 'sato', at: at(6), text: '', changes });
      });
      expect(await own.findings.find(id)).toMatchObject({
        finding: { ...values, ownerId, ownerName: '佐藤', state: 'escalated', number: 1, areaName: area.name },
        lines: [{ eventId: 'e1' }, { eventId: 'e2' }],
        notes: [
          { number: 1, kind: 'escalation', text: '確認をお願いします', changes: [] },
          { number: 2, kind: 'change', changes: [{ field: 'owner', before: null, after: '佐藤' }] },
        ],
      });
      expect(await other.findings.find(id)).toBeNull();
      expect((await own.findings.ofDay('2026-11-29')).map((each) => each.id)).toEqual([id]);
    });
  });
});
