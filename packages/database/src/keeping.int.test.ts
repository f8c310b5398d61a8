import { randomUUID } from 'node:crypto';
import { isDue, holdsLogGroup, retentionFloors, type HeldPart, type KeptBlock } from '@akashi/policy';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { BlockLogGroup } from './tenant/seal-segments.ts';
import type { PolicyRef, RetentionChange, TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
const dayMs = 86_400_000;
const received = Date.parse('2026-01-01T00:00:00Z');
const noAct = (): Promise<void> => Promise.resolve();
const year: PolicyRef = { id: 'default', title: null, onlineDays: 90, keptDays: 365 };
const seven: PolicyRef = { id: 'seven', title: '7 years', onlineDays: 90, keptDays: 2_555 };
const ever: PolicyRef = { id: 'ever', title: null, onlineDays: 90, keptDays: null };

describe.skipIf(serverUrl === undefined)('keeping', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let person: string;
  let another: string;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
  });
  beforeEach(async () => {
    const slug = `t-${randomUUID().slice(0, 8)}`;
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    own = test.database.forTenant((await test.database.platform.createTenant({ slug, ...details })).id);
    [person, another] = [await addPerson('a'), await addPerson('b')];
    for (const { id: name, ...policy } of [seven, ever]) await own.retentionPolicies.create({ name, ...policy });
  });
  afterAll(() => test.drop());

  async function addPerson(name: string): Promise<string> {
    const email = `${name}-${randomUUID()}@example.jp`;
    await own.users.put({
      email,
      passwordHash: '$argon2id$x',
      displayName: name,
      role: 'tenant-admin',
      language: 'ja',
    });
    return (await own.users.list()).find((each) => each.email === email)?.id ?? '';
  }

  const group = (logGroup: string, firstMs = received, lastMs = firstMs): BlockLogGroup => ({
    logGroup,
    records: 2,
    firstReceivedUs: firstMs * 1000,
    lastReceivedUs: lastMs * 1000,
  });

  /** A block whose header says until when; `-`: a heartbeat; undefined: version 1, which does not say it. */
  async function seal(number: number, groups: BlockLogGroup[], keepUntil: string | undefined): Promise<void> {
    const row = {
      number,
      segmentId: null,
      objectKey: groups.length === 0 ? null : `blocks/${number}.akb`,
      header: `akashi block\nblock: ${number}\n${keepUntil === undefined ? '' : `keep-until: ${keepUntil}\n`}root: x\n`,
      records: groups.length * 2,
      bodyBytes: 10,
      root: Buffer.alloc(32),
      bodySha256: Buffer.alloc(32),
      firstReceivedUs: groups.length === 0 ? null : Math.min(...groups.map(({ firstReceivedUs }) => firstReceivedUs)),
      lastReceivedUs: groups.length === 0 ? null : Math.max(...groups.map(({ lastReceivedUs }) => lastReceivedUs)),
      createdAt: new Date(received),
    };
    for (const { logGroup } of groups) {
      await test.outside.query(
        'INSERT INTO log_group (tenant_id, name, last_received_at) VALUES ($1, $2, now()) ON CONFLICT DO NOTHING',
        [own.tenantId, logGroup],
      );
    }
    await own.log.withSealLock(async (log) => {
      await log.insertBlock(row);
      await log.noteContent({ ...row, retentionPolicy: 'default' }, { segments: [], logGroups: groups });
    });
  }

  async function keptUntil(number: number): Promise<{ kept: string | null; archive: string | null }> {
    const { rows } = await test.outside.query<{ kept: Date | null; archive: Date | null }>(
      'SELECT kept_until AS kept, archive_kept_until AS archive FROM block WHERE tenant_id = $1 AND number = $2',
      [own.tenantId, number],
    );
    const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;
    return { kept: iso(rows[0]?.kept), archive: iso(rows[0]?.archive) };
  }

  const after = (days: number): string => new Date(received + days * dayMs).toISOString();
  const header = (days: number): string => after(days).replace('Z', '000Z');
  const apply = (change: RetentionChange) =>
    own.retentionChanges.apply(change, { by: person, approvedBy: null }, noAct);
  const move = (logGroup: string, before: PolicyRef, to: PolicyRef) =>
    apply({ kind: 'log-group', logGroup, before, after: to });

  it('lasts as long as the header says, and for ever where it says nothing', async () => {
    await seal(0, [group('web')], header(365));
    await seal(1, [group('web')], undefined);
    await seal(2, [], '-');
    await seal(3, [group('web')], 'never');
    expect(await keptUntil(0)).toEqual({ kept: after(365), archive: after(365) });
    for (const number of [1, 2, 3]) expect(await keptUntil(number)).toEqual({ kept: null, archive: null });
    expect(await own.blocksToExtend.list({ after: -1, limit: 10 })).toEqual([]);
    expect(await test.database.platform.findToExtend()).not.toContain(own.tenantId);
  });

  it('is raised for everything that exists, lowered for nothing', async () => {
    await seal(0, [group('web'), group('cardholder', received, received + dayMs)], header(366));
    await seal(1, [group('web')], header(365));
    expect(await move('cardholder', year, seven)).toBe('applied');
    expect(await keptUntil(0)).toEqual({ kept: after(2_556), archive: after(366) });
    expect(await keptUntil(1)).toEqual({ kept: after(365), archive: after(365) });
    expect(await move('cardholder', seven, year)).toBe('applied');
    expect(await keptUntil(0)).toMatchObject({ kept: after(2_556) });

    const days = { onlineDays: 90, keptDays: 400 };
    expect(await apply({ kind: 'policy', policyId: 'default', before: year, after: days })).toBe('applied');
    expect(await keptUntil(1)).toMatchObject({ kept: after(400) });
    expect(await apply({ kind: 'policy', policyId: 'default', before: year, after: days })).toBe('gone');
    expect(await move('web', { ...year, ...days }, ever)).toBe('applied');
    expect(await keptUntil(1)).toMatchObject({ kept: null, archive: after(365) });
    const changes = await own.retentionChanges.list({ logGroup: 'web', policy: 'default' });
    expect(changes.map(({ change: { kind } }) => kind)).toEqual(['log-group', 'policy']);
    expect(changes[0]).toMatchObject({ by: 'a', approvedBy: null });
  });

  it('counts a policy that is longer by now for a block of records that came under a shorter one', async () => {
    await seal(0, [group('cardholder')], header(365));
    await move('cardholder', year, seven);
    await seal(1, [group('cardholder'), group('web')], header(365));
    expect(await keptUntil(1)).toEqual({ kept: after(2_555), archive: after(365) });
  });

  it('has a change and a sealing see each other, whichever is first', async () => {
    await seal(0, [group('cardholder')], header(365));
    const sealing = Array.from({ length: 8 }, (_, index) => index + 1);
    await Promise.all([
      move('cardholder', year, seven),
      ...sealing.map((number) => seal(number, [group('cardholder')], header(365))),
    ]);
    for (const number of [0, ...sealing]) expect(await keptUntil(number)).toMatchObject({ kept: after(2_555) });
  });

  it('tells the archive block by block, and again what was not noted', async () => {
    for (const number of [0, 1, 2]) await seal(number, [group('cardholder')], `${after(365).slice(0, -1)}001Z`);
    await move('cardholder', year, seven);
    expect(await test.database.platform.findToExtend()).toContain(own.tenantId);
    const [first, ...rest] = await own.blocksToExtend.list({ after: -1, limit: 10 });
    expect(first).toEqual({ number: 0, objectKey: 'blocks/0.akb', keptUntil: new Date(after(2_555)) });
    expect(rest).toHaveLength(2);
    await own.blocksToExtend.note({ number: 0, keptUntil: new Date(after(2_555)) });
    await own.blocksToExtend.note({ number: 1, keptUntil: new Date(after(400)) });
    const left = await own.blocksToExtend.list({ after: -1, limit: 10 });
    expect(left.map(({ number }) => number)).toEqual([1, 2]);
    await move('cardholder', seven, ever);
    for (const { number, keptUntil: until } of await own.blocksToExtend.list({ after: -1, limit: 10 })) {
      expect(until).toBeNull();
      await own.blocksToExtend.note({ number, keptUntil: until });
    }
    expect(await own.blocksToExtend.list({ after: -1, limit: 10 })).toEqual([]);
  });

  it('cannot be shortened by any role, nor the floors passed', async () => {
    await seal(0, [group('web')], header(365));
    const refused = { code: '23514' };
    for (const column of ['kept_until', 'archive_kept_until']) {
      const update = `UPDATE block SET ${column} = ${column} - interval '1 second' WHERE tenant_id = $1`;
      await expect(test.outside.query(update, [own.tenantId]), column).rejects.toMatchObject(refused);
    }
    const short: PolicyRef = { id: 'month', title: null, onlineDays: 7, keptDays: 30 };
    await own.retentionPolicies.create({ name: short.id, onlineDays: 7, keptDays: 30 });
    expect(await move('web', year, short)).toBe('gone');
    expect(await move('unheard-of', year, short)).toBe('gone');
    const below = { onlineDays: 89, keptDays: 365 };
    expect(await apply({ kind: 'policy', policyId: 'default', before: year, after: below })).toBe('gone');
    const out = { kind: 'scope', logGroup: 'web', before: true, after: false, reason: 'no card data' } as const;
    expect(await apply(out)).toBe('applied');
    expect(await move('web', year, short)).toBe('applied');
    expect(await apply({ ...out, before: false, after: true })).toBe('gone');
    const assign = 'UPDATE log_group SET in_scope = true WHERE tenant_id = $1';
    await expect(test.outside.query(assign, [own.tenantId])).rejects.toMatchObject(refused);
    const [facts] = await own.keepingFacts.logGroups({ sinceUs: (received + 10 * dayMs) * 1000 });
    expect(facts).toMatchObject({ inScope: false, scopeReason: 'no card data', scopeChangedBy: 'a', policy: short });
    expect(retentionFloors).toEqual({ onlineDays: 90, keptDays: 365 });
  });

  it('waits for another person’s word, and for no named one', async () => {
    await seal(0, [group('web')], header(365));
    await move('web', year, seven);
    const change: RetentionChange = { kind: 'log-group', logGroup: 'web', before: seven, after: year };
    const lapsesAt = new Date(Date.now() + dayMs);
    const asked = { kind: 'retention', groupId: null, subjectId: null, content: change } as const;
    const id = await own.approvals.request({ ...asked, requestedBy: person, approverId: null, lapsesAt }, noAct);
    expect(id).not.toBeNull();
    expect(await own.approvals.waiting({ personId: another, mayApprove: true })).toBe(1);
    expect(await own.approvals.waiting({ personId: another, mayApprove: false })).toBe(0);
    expect(await own.approvals.waiting({ personId: person, mayApprove: true })).toBe(0);
    const word = { id: id ?? '', decision: 'confirmed', note: null } as const;
    expect(await own.approvals.decide({ ...word, by: person }, noAct)).toBe('not-found');
    expect((await own.keepingFacts.logGroups({ sinceUs: (received + 10 * dayMs) * 1000 }))[0]?.policy).toEqual(seven);
    expect(await own.approvals.decide({ ...word, by: another }, noAct)).toBe('decided');
    expect((await own.keepingFacts.logGroups({ sinceUs: (received + 10 * dayMs) * 1000 }))[0]?.policy).toEqual(year);
    expect(await own.approvals.find(word.id)).toMatchObject({ approver: { id: another }, decision: 'confirmed' });
    const [done] = await own.retentionChanges.list({ logGroup: 'web', policy: 'x' });
    expect(done).toMatchObject({ change, by: 'a', approvedBy: 'b' });
  });

  it('holds until two people lift it', async () => {
    const hold = { reason: 'a lawsuit', logGroups: ['web'], personId: null, personName: null, from: null, to: null };
    const id = await own.legalHolds.create({ ...hold, createdBy: person }, noAct);
    expect(await own.legalHolds.inForce()).toEqual([
      { id, reason: 'a lawsuit', logGroups: ['web'], fromUs: null, toUs: null },
    ]);
    const alone = 'UPDATE legal_hold SET lifted_at = now(), lift_asked_by = $2, lifted_by = $2 WHERE id = $1';
    await expect(test.outside.query(alone, [id, person])).rejects.toMatchObject({ code: '23514' });
    const content = {
      reason: 'settled',
      holdReason: 'a lawsuit',
      logGroups: ['web'],
      person: null,
      from: null,
      to: null,
    };
    const lift = { kind: 'legal-hold', groupId: null, subjectId: id, content, approverId: null } as const;
    const ask = () =>
      own.approvals.request({ ...lift, requestedBy: person, lapsesAt: new Date(Date.now() + dayMs) }, noAct);
    const asked = (await ask()) ?? '';
    expect(await ask()).toBeNull();
    expect(await own.legalHolds.get(id)).toMatchObject({
      liftWaits: true,
      liftAskedBy: { id: person },
      liftedAt: null,
    });
    expect(await own.legalHolds.inForce()).toHaveLength(1);
    const word = { id: asked, decision: 'confirmed', note: null } as const;
    expect(await own.approvals.decide({ ...word, by: another }, noAct)).toBe('decided');
    expect(await own.legalHolds.get(id)).toMatchObject({ liftWaits: false, liftedBy: { id: another } });
    expect(await own.legalHolds.inForce()).toEqual([]);
    const again = 'UPDATE legal_hold SET lifted_at = NULL WHERE id = $1';
    await expect(test.outside.query(again, [id])).rejects.toMatchObject({ code: '23514' });
  });

  it('tells of the next deletion, and of what is held, as the one rule decides it', async () => {
    const names = ['db', 'db/audit', 'web'];
    const day = fc.integer({ min: 0, max: 30 });
    const [blocks = []] = fc.sample(
      fc.array(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...names), day, day), { selector: ([name]) => name, minLength: 1 }),
        {
          minLength: 20,
          maxLength: 20,
        },
      ),
      { numRuns: 1, seed: 14 },
    );
    const spans = blocks.map((each) =>
      each.map(([name, first, more]) => group(name, received + first * dayMs, received + (first + more) * dayMs)),
    );
    for (const [number, groups] of spans.entries()) {
      const newest = Math.max(...groups.map(({ lastReceivedUs }) => lastReceivedUs)) / 1000;
      await seal(number, groups, header((newest - received) / dayMs + 365));
    }
    const keptBlocks: KeptBlock[] = spans.map((groups) => {
      const lastReceivedUs = Math.max(...groups.map((each) => each.lastReceivedUs));
      const firstReceivedUs = Math.min(...groups.map((each) => each.firstReceivedUs));
      return { logGroups: groups, firstReceivedUs, lastReceivedUs, keptUntilUs: lastReceivedUs + 365 * dayMs * 1000 };
    });
    const holdsOf = [
      { logGroups: ['db'], from: null, to: new Date(received + 4 * dayMs) },
      { logGroups: ['db*'], from: new Date(received + 20 * dayMs), to: null },
      { logGroups: [], from: new Date(received + 10 * dayMs), to: new Date(received + 11 * dayMs) },
    ];
    const holds: HeldPart[] = [];
    for (const hold of [undefined, ...holdsOf]) {
      if (hold !== undefined) {
        const rest = { reason: 'x', personId: null, personName: null, createdBy: person };
        await own.legalHolds.create({ ...hold, ...rest }, noAct);
        const us = (at: Date | null): number | null => (at === null ? null : at.getTime() * 1000);
        holds.push({ logGroups: hold.logGroups, fromUs: us(hold.from), toUs: us(hold.to) });
      }
      for (const facts of await own.keepingFacts.logGroups({ sinceUs: (received + 10 * dayMs) * 1000 })) {
        const mine = keptBlocks.filter(({ logGroups }) => logGroups.some((each) => each.logGroup === facts.logGroup));
        const due = mine.filter((block) => isDue(block, { nowUs: Number.MAX_SAFE_INTEGER, holds }));
        const next = due.length === 0 ? null : new Date(Math.min(...due.map((each) => each.keptUntilUs ?? 0)) / 1000);
        expect(facts.nextDeletionAt, facts.logGroup).toEqual(next);
        expect(facts.holds).toHaveLength(holds.filter((each) => holdsLogGroup(each, facts.logGroup)).length);
        const oldest = mine.flatMap(({ logGroups }) => logGroups.filter((each) => each.logGroup === facts.logGroup));
        const since = oldest.filter((each) => (each.firstReceivedUs ?? 0) >= (received + 10 * dayMs) * 1000);
        expect(facts.firstSinceUs).toBe(Math.min(...since.map(({ firstReceivedUs }) => firstReceivedUs ?? 0)));
        expect(facts.oldestKeptUs).toBe(Math.min(...oldest.map(({ firstReceivedUs }) => firstReceivedUs ?? 0)));
      }
    }
    const now = new Date(received + 375 * dayMs);
    for (const hold of holds) {
      const held = keptBlocks.filter((block) => !isDue({ ...block, keptUntilUs: 0 }, { nowUs: 1, holds: [hold] }));
      const overdue = held.filter(({ keptUntilUs }) => (keptUntilUs ?? 0) <= now.getTime() * 1000);
      const counted = await own.legalHolds.count(hold, { logGroups: names, now });
      expect(counted).toMatchObject({ blocks: held.length, overdue: overdue.length });
    }
  });
});
