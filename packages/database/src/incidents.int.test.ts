import { randomUUID } from 'node:crypto';
import {
  afterAcknowledge,
  afterCease,
  afterClose,
  afterNotice,
  incidentKinds,
  reopensWithinMs,
  type Incident,
} from '@akashi/policy';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './tenant-database.ts';
import type { ChannelSettings, NotificationChannel } from './tenant/incidents/notification-channels.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const at = (ms: number): Date => new Date(1_800_000_000_000 + ms);
const hourMs = 3_600_000;
const minuteMs = 60_000;
const nothing = (): Promise<void> => Promise.resolve();
const record = {
  rootCause: 'a disk',
  action: 'replaced it',
  securityIssues: null,
  furtherAction: null,
  prevention: 'a spare',
};
const late = { kind: 'pipeline-late', where: 'index', cause: 'not-indexed' } as const;

describe.runIf(serverUrl !== '')('incidents', () => {
  let test: TestDatabase;
  let own: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
  });
  beforeEach(async () => {
    own = await newTenant();
  });
  afterAll(() => test.drop());

  async function newTenant(): Promise<TenantDatabase> {
    const slug = `incidents-${randomUUID()}`;
    const names = { nameJa: '一', nameEn: 'One', timeZone: 'Asia/Tokyo', language: 'ja' };
    return test.database.forTenant((await test.database.platform.createTenant({ slug, ...names })).id);
  }

  const all = () => own.incidents.list({ limit: 100 });
  const waiting = async (): Promise<{ event: string; due_at: Date; channel_id: string }[]> => {
    const { rows } = await test.outside.query<{ event: string; due_at: Date; channel_id: string }>(
      'SELECT event, due_at, channel_id FROM notification WHERE tenant_id = $1 AND outcome IS NULL ORDER BY due_at',
      [own.tenantId],
    );
    return rows;
  };
  /** Claims what is due at a moment and says that it was sent; answers why each was told. */
  async function deliver(now: Date): Promise<string[]> {
    const claim = { now, until: new Date(now.getTime() + 60_000), limit: 1_000 };
    const claimed = await test.database.platform.incidents.claimNotifications(claim);
    const ids = claimed.filter(({ tenantId }) => tenantId === own.tenantId).map(({ id }) => id);
    const due = await own.notifications.load(ids);
    await own.notifications.settle(ids, { outcome: 'sent', at: now });
    return due.map(({ event }) => event);
  }

  it('do in the ledger what the model says, whatever comes in which order', async () => {
    const commands = fc.array(
      fc.record({
        act: fc.constantFrom('notice', 'notice', 'notice', 'cease', 'cease', 'acknowledge', 'close'),
        ms: fc.integer({ min: 0, max: 4 * reopensWithinMs }),
        count: fc.integer({ min: 1, max: 9 }),
        cause: fc.constantFrom('one', 'other'),
      }),
      { maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...incidentKinds), commands, async (kind, steps) => {
        const where = randomUUID();
        const model: { id: string; incident: Incident }[] = [];
        for (const { act, ms, count, cause } of steps) {
          const newest = model.at(-1);
          if (act === 'notice') {
            const notice = { kind, where, cause, at: at(ms), count };
            const expected = afterNotice(newest?.incident ?? null, notice);
            const { id, effect } = await own.incidents.notice(notice);
            expect(effect).toBe(expected.effect);
            model.splice(effect === 'opened' ? model.length : -1, 1, { id, incident: expected.incident });
          } else if (act === 'cease') {
            await own.incidents.cease({ kind, where, at: at(ms) });
            if (newest !== undefined) newest.incident = afterCease(newest.incident, at(ms));
          } else if (newest !== undefined) {
            const by = { id: newest.id, by: 'sato', at: at(ms) };
            const next = act === 'close' ? afterClose(newest.incident, by) : afterAcknowledge(newest.incident, 'sato');
            const { outcome } =
              act === 'close'
                ? await own.incidents.close({ ...by, record }, nothing)
                : await own.incidents.acknowledge(by, nothing);
            expect(outcome).toBe(next === null ? 'closed-before' : 'done');
            newest.incident = next ?? newest.incident;
          }
        }
        for (const { id, incident } of model) expect(await own.incidents.find(id)).toMatchObject(incident);
        const stored = await test.outside.query('SELECT FROM incident WHERE place = $1', [where]);
        expect(stored.rowCount).toBe(model.length);
      }),
      { numRuns: 60 },
    );
  });

  it('are one, and told once, however many notice at the same moment', async () => {
    const notices = Array.from({ length: 12 }, () => own.incidents.notice({ ...late, at: at(0) }));
    const effects = (await Promise.all(notices)).map(({ effect }) => effect);
    expect(effects.filter((effect) => effect === 'opened')).toHaveLength(1);
    expect(await all()).toMatchObject([{ count: 12, state: 'open' }]);
    expect(await waiting()).toMatchObject([{ event: 'opened', due_at: at(0) }]);
    await own.incidents.cease({ ...late, at: at(1) });
    const again = Array.from({ length: 12 }, () => own.incidents.notice({ ...late, at: at(2) }));
    expect((await Promise.all(again)).filter(({ effect }) => effect === 'reopened')).toHaveLength(1);
    expect(await all()).toMatchObject([{ count: 24, state: 'open', endedAt: null }]);
  });

  it('are told at once, after an hour, once a day, and when they close', async () => {
    await own.incidents.notice({ ...late, at: at(0) });
    expect(await deliver(at(0))).toEqual(['opened']);
    await own.incidents.notice({ ...late, at: at(60_000) });
    expect(await deliver(at(120_000))).toEqual([]);
    expect(await deliver(at(hourMs))).toEqual(['repeated']);
    await own.incidents.notice({ ...late, at: at(hourMs + 1) });
    expect(await deliver(at(24 * hourMs))).toEqual([]);
    expect(await deliver(at(25 * hourMs))).toEqual(['repeated']);
    await own.incidents.notice({ ...late, at: at(25 * hourMs + 1) });
    await own.incidents.cease({ ...late, at: at(26 * hourMs) });
    expect(await deliver(at(26 * hourMs))).toEqual(['closed']);
    expect(await waiting()).toEqual([]);
  });

  it('remind nobody when a person is at them, and tell a person’s close', async () => {
    const { id } = await own.incidents.notice({ ...late, at: at(0) });
    await deliver(at(0));
    await own.incidents.notice({ ...late, at: at(1) });
    expect(await waiting()).toHaveLength(1);
    await own.incidents.acknowledge({ id, by: 'sato', at: at(2) }, nothing);
    await own.incidents.notice({ ...late, at: at(3) });
    expect(await waiting()).toEqual([]);
    await own.incidents.close({ id, by: 'sato', at: at(4), record }, nothing);
    expect(await deliver(at(4))).toEqual(['closed']);
    expect(await own.incidents.find(id)).toMatchObject({ ...record, closedBy: 'sato', closedAt: at(4), count: 3 });
  });

  it('change nothing when their act cannot be put on record', async () => {
    const { id } = await own.incidents.notice({ ...late, at: at(0) });
    const fails = (): Promise<never> => Promise.reject(new Error('no trail'));
    await expect(own.incidents.acknowledge({ id, by: 'sato', at: at(1) }, fails)).rejects.toThrow('no trail');
    await expect(own.incidents.close({ id, by: 'sato', at: at(1), record }, fails)).rejects.toThrow('no trail');
    expect(await own.incidents.find(id)).toMatchObject({ state: 'open', acknowledgedBy: null, action: null });
  });

  const always: ChannelSettings = {
    kinds: [],
    minimalSeverity: 'low',
    hours: null,
    digestMinute: null,
    areaId: null,
    escalation: null,
  };
  const channel = (name: string, more: Partial<ChannelSettings> = {}): Promise<NotificationChannel> => {
    const values = { kind: 'webhook', name, target: 'https://hooks.example.jp/', createdBy: 'sato' } as const;
    return own.notificationChannels.create(
      { ...values, ...always, ...more, createdAt: at(0), seal: (id) => Buffer.from(id) },
      nothing,
    );
  };

  it('go to the channels that want them; a failing one is not told of itself', async () => {
    const every = await channel('every');
    const some = await channel('some', { kinds: ['pipeline-late'] });
    expect(every.sealedSecret?.toString()).toBe(every.id);
    await own.incidents.notice({ ...late, kind: 'unparsed', at: at(0) });
    const told = async () => (await waiting()).map(({ channel_id }) => channel_id).toSorted();
    expect(await told()).toEqual([own.tenantId, every.id].toSorted());
    await own.notificationChannels.change({ id: own.tenantId, enabled: false }, at(1), nothing);
    expect(await told()).toEqual([every.id]);
    expect(await own.notificationChannels.remove(own.tenantId, at(1), nothing)).toBe(false);
    await own.incidents.notice({ ...late, at: at(2) });
    expect(await told()).toEqual([every.id, every.id, some.id].toSorted());
    expect(await own.notificationChannels.remove(every.id, at(3), nothing)).toBe(true);
    expect(await told()).toEqual([some.id]);
    const failing = { kind: 'notification-failed', where: `channel ${some.id}`, cause: 'timeout', at: at(4) } as const;
    await own.incidents.notice(failing);
    expect(await told()).toEqual([some.id]);
  });

  it('go to the channels that their severity concerns, an alert by that of its rule', async () => {
    const [critical, medium] = [
      await channel('critical', { minimalSeverity: 'critical' }),
      await channel('medium', { minimalSeverity: 'medium' }),
    ];
    await own.notificationChannels.change({ id: own.tenantId, enabled: false }, at(0), nothing);
    const toldOf = async (notice: Parameters<typeof own.incidents.notice>[0]) => {
      const { id } = await own.incidents.notice(notice);
      const { rows } = await test.outside.query<{ channel_id: string }>(
        'SELECT channel_id FROM notification WHERE incident_id = $1',
        [id],
      );
      return rows.map(({ channel_id }) => channel_id).toSorted();
    };
    const alert = (severity: string) =>
      toldOf({ kind: 'rule-alert', where: `alert ${randomUUID()}`, cause: 'rule', details: { severity }, at: at(0) });
    expect(await toldOf({ ...late, at: at(0) })).toEqual([medium.id]);
    expect(await toldOf({ ...late, kind: 'integrity-mismatch', at: at(0) })).toEqual(
      [critical.id, medium.id].toSorted(),
    );
    expect(await alert('low')).toEqual([]);
    expect(await alert('medium')).toEqual([medium.id]);
    expect(await alert('critical')).toEqual([critical.id, medium.id].toSorted());
  });

  it('are told to another channel once when nobody acknowledges in time', async () => {
    const duty = await channel('duty');
    await channel('desk', { escalation: { channelId: duty.id, afterMinutes: 30 } });
    await own.notificationChannels.change({ id: own.tenantId, enabled: false }, at(0), nothing);
    const notices = Array.from({ length: 6 }, () => own.incidents.notice({ ...late, at: at(0) }));
    const [{ id } = { id: '' }] = await Promise.all(notices);
    expect(await deliver(at(0))).toEqual(['opened', 'opened']);
    expect(await deliver(at(30 * minuteMs - 1))).toEqual([]);
    await own.incidents.notice({ ...late, at: at(minuteMs) });
    expect(await deliver(at(30 * minuteMs))).toEqual(['escalated']);
    expect((await deliver(at(hourMs))).toSorted()).toEqual(['repeated', 'repeated']);
    await own.incidents.acknowledge({ id, by: 'sato', at: at(hourMs) }, nothing);
    await own.incidents.cease({ ...late, at: at(hourMs + 1) });
    expect(await deliver(at(hourMs + 1))).toEqual(['closed', 'closed']);
  });

  it.each(['acknowledge', 'close', 'cease'] as const)('are not escalated after %s', async (act) => {
    const duty = await channel('duty', { kinds: ['unparsed'] });
    await channel('desk', { escalation: { channelId: duty.id, afterMinutes: 30 } });
    const { id } = await own.incidents.notice({ ...late, at: at(0) });
    await deliver(at(0));
    const by = { id, by: 'sato', at: at(1) };
    if (act === 'acknowledge') await own.incidents.acknowledge(by, nothing);
    else if (act === 'close') await own.incidents.close({ ...by, record }, nothing);
    else await own.incidents.cease({ ...late, at: at(1) });
    const told = (await waiting()).filter(({ channel_id }) => channel_id === duty.id);
    expect([told, (await deliver(at(hourMs))).includes('escalated')]).toEqual([[], false]);
  });

  it('wait for a channel’s time without an attempt, which a change of its hours ends', async () => {
    await own.incidents.notice({ ...late, at: at(0) });
    const claim = { now: at(0), until: at(minuteMs), limit: 1_000 };
    const mine = async (now: Date) =>
      (await test.database.platform.incidents.claimNotifications({ ...claim, now }))
        .filter(({ tenantId }) => tenantId === own.tenantId)
        .map(({ id }) => id);
    const ids = await mine(at(0));
    await own.notifications.settle(ids, { outcome: 'held', until: at(hourMs) });
    expect(await mine(at(hourMs - 1))).toEqual([]);
    await own.notificationChannels.change({ id: own.tenantId, digestMinute: 60 }, at(minuteMs), nothing);
    expect(await mine(at(minuteMs))).toEqual(ids);
    expect(await own.notifications.load(ids)).toMatchObject([{ attempts: 1, wasHeld: false }]);
    await own.notifications.settle(ids, { outcome: 'held', until: at(hourMs) });
    expect(await mine(at(hourMs))).toEqual(ids);
    expect(await own.notifications.load(ids)).toMatchObject([{ attempts: 1, wasHeld: true }]);
  });

  it('are claimed by one sender at a time, and again when it came to nothing', async () => {
    await own.incidents.notice({ ...late, at: at(0) });
    const claim = (ms: number) =>
      test.database.platform.incidents.claimNotifications({ now: at(ms), until: at(ms + 1_000), limit: 1_000 });
    const mine = async (ms: number) => (await claim(ms)).filter(({ tenantId }) => tenantId === own.tenantId);
    const claims = await Promise.all([mine(0), mine(0), mine(0)]);
    expect(claims.flat()).toHaveLength(1);
    expect(await mine(999)).toEqual([]);
    const [again] = await mine(1_000);
    const ids = [again?.id ?? ''];
    expect(await own.notifications.load(ids)).toMatchObject([
      { attempts: 2, event: 'opened', incident: { ...late, startedAt: at(0), endedAt: null, count: 1 } },
    ]);
    await own.notifications.settle(ids, { outcome: 'waits', until: at(9_000), error: 'timeout' });
    expect([await mine(8_999), (await mine(9_000)).length]).toEqual([[], 1]);
    await own.notifications.settle(ids, { outcome: 'failed', at: at(9_001), error: 'timeout' });
    expect(await mine(hourMs)).toEqual([]);
  });

  it('are another tenant’s business to nobody', async () => {
    const { id } = await own.incidents.notice({ ...late, at: at(0) });
    const { id: channelId } = await channel('own');
    const other = await newTenant();
    const act = { id, by: 'mallory', at: at(1) };
    expect(await other.incidents.find(id)).toBeNull();
    expect(await other.incidents.acknowledge(act, nothing)).toEqual({ outcome: 'not-found' });
    expect(await other.incidents.close({ ...act, record }, nothing)).toEqual({ outcome: 'not-found' });
    expect(await other.incidents.cease({ ...late, at: at(1) })).toBe(false);
    expect((await other.incidents.notice({ ...late, at: at(1) })).effect).toBe('opened');
    expect(await other.notificationChannels.change({ id: channelId, enabled: false }, at(1), nothing)).toBe(false);
    expect(await other.notificationChannels.remove(channelId, at(1), nothing)).toBe(false);
    expect([await own.incidents.countUnfinished(), (await all())[0]?.count]).toEqual([1, 1]);
  });
});
