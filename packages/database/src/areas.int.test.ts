import { randomUUID } from 'node:crypto';
import { usualHours, usualTags } from '@akashi/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import { isUnstorableText } from './is-unstorable-text.ts';
import type { AreaValues } from './tenant/areas.ts';
import type { TenantDatabase } from './tenant-database.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const at = (minute: number): Date => new Date(1_800_000_000_000 + minute * 60_000);
const nothing = (): Promise<void> => Promise.resolve();
const failing = (): Promise<void> => Promise.reject(new Error('no trail'));

const values: AreaValues = {
  name: 'DB',
  category: 'other',
  logGroups: ['db/*'],
  logStreams: [],
  sources: [],
  hosts: ['db01'],
  frequency: 'week',
  riskAnalysis: 'RA-7',
  riskReviewedOn: '2026-11-30',
  reviewers: [randomUUID()],
  approvers: [],
  hours: { days: [1], fromMinute: 0, untilMinute: 60 },
};

describe.runIf(serverUrl !== '')('what an organisation reviews', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
    own = await newTenant('ja');
    other = await newTenant('en');
  });
  afterAll(() => test.drop());

  const names = { nameJa: '一', nameEn: 'One', timeZone: 'Asia/Tokyo' };
  async function newTenant(language: string, kind?: 'platform'): Promise<TenantDatabase> {
    const wanted = { slug: `areas-${randomUUID()}`, ...names, language, ...(kind && { kind }) };
    const tenant = await test.database.platform.createTenant(wanted);
    // Whoever makes it again finds it as it is.
    await test.database.platform.createTenant(wanted);
    return test.database.forTenant(tenant.id);
  }

  it('begins with one area of everything, which has the organisation’s id', async () => {
    const everything = { category: 'security-events', logGroups: ['*'], frequency: 'day', endedAt: null, hours: null };
    expect(await own.areas.list()).toMatchObject([{ id: own.tenantId, name: '全体', ...everything }]);
    expect(await other.areas.list()).toMatchObject([{ id: other.tenantId, name: 'Everything', ...everything }]);
    expect(await (await newTenant('ja', 'platform')).areas.list()).toEqual([]);
  });

  it('changes by areas that are made, changed and ended, each once on record', async () => {
    const id = await own.areas.create(values, at(0), nothing);
    expect(await own.areas.get(id)).toEqual({ ...values, id, createdAt: at(0), changedAt: at(0), endedAt: null });
    const changed = { ...values, frequency: 'day', riskAnalysis: null, riskReviewedOn: null, hours: null };
    expect(await own.areas.change(id, { values: changed, at: at(1) }, nothing)).toBe(true);
    await expect(own.areas.end(id, at(2), failing)).rejects.toThrow('no trail');
    expect(await own.areas.get(id)).toEqual({ ...changed, id, createdAt: at(0), changedAt: at(1), endedAt: null });
    expect(await own.areas.end(id, at(3), nothing)).toBe(true);
    expect(await own.areas.end(id, at(4), nothing)).toBe(false);
    expect(await own.areas.change(id, { values, at: at(4) }, nothing)).toBe(false);
    expect(await own.areas.get(id)).toMatchObject({ endedAt: at(3) });
  });

  it('shows and gives nobody another organisation’s areas', async () => {
    const id = await own.areas.create(values, at(0), nothing);
    expect(await other.areas.get(id)).toBeNull();
    expect(await other.areas.change(id, { values, at: at(1) }, nothing)).toBe(false);
    expect(await other.areas.end(id, at(1), nothing)).toBe(false);
  });

  it('keeps reports version by version, and what ended as a version of its own', async () => {
    const save = (id: string, definition: object | null, after = 0) =>
      own.reportDefinitions.save({ id, definition, by: 'sato', at: at(5), after }, nothing);
    // Two at once make two versions.
    expect((await Promise.all([save('payroll', { a: 1 }), save('payroll', { a: 2 })])).toSorted()).toEqual([1, 2]);
    expect(await save('failed-sign-ins', { b: 1 }, 3)).toBe(4);
    expect(await save('payroll', null)).toBe(3);
    expect(await own.reportDefinitions.newest()).toEqual([
      { id: 'failed-sign-ins', version: 4, definition: { b: 1 }, madeBy: 'sato', madeAt: at(5) },
      { id: 'payroll', version: 3, definition: null, madeBy: 'sato', madeAt: at(5) },
    ]);
    expect((await own.reportDefinitions.versions('payroll')).map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(await other.reportDefinitions.newest()).toEqual([]);
    const unsaid = { id: 'x', definition: {}, by: 'lee', at: at(6), after: 0 };
    await expect(other.reportDefinitions.save(unsaid, failing)).rejects.toThrow('no trail');
    expect(await other.reportDefinitions.versions('x')).toEqual([]);
  });

  it('is due at noon, approved by another person and by usual hours, until settings say otherwise', async () => {
    const rights = { isSelfApprovalAllowed: false, mustBeDeviceBound: false };
    const untouched = { dueMinute: 720, ...rights, hours: usualHours, ...usualTags };
    expect(await own.reviewSettings.get()).toEqual(untouched);
    const strict = { ...untouched, mustBeDeviceBound: true, watchedObjects: 'file.path:/etc/*' };
    await own.reviewSettings.put(strict, at(7), nothing);
    await own.reviewSettings.put({ ...strict, dueMinute: 660 }, at(8), nothing);
    expect(await own.reviewSettings.get()).toEqual({ ...strict, dueMinute: 660 });
    expect(await other.reviewSettings.get()).toEqual(untouched);
  });

  it('says of a text that cannot be kept that it cannot', async () => {
    for (const text of ['a\u0000', '\uD800'])
      await expect(
        own.reportDefinitions.save({ id: 'y', definition: { text }, by: 'lee', at: at(9), after: 0 }, nothing),
      ).rejects.toSatisfy(isUnstorableText);
    await expect(own.areas.create({ ...values, name: 'a\u0000' }, at(9), nothing)).rejects.toSatisfy(isUnstorableText);
    await expect(own.areas.create({ ...values, reviewers: ['x'] }, at(9), nothing)).rejects.not.toSatisfy(
      isUnstorableText,
    );
  });

  it('does not rewrite a version, whoever asks', async () => {
    await test.outside.query('SET ROLE akashi_app');
    try {
      const refused = { code: '42501' };
      await expect(test.outside.query('UPDATE report_definition SET version = 9')).rejects.toMatchObject(refused);
      await expect(test.outside.query('DELETE FROM report_definition')).rejects.toMatchObject(refused);
      await expect(test.outside.query('DELETE FROM review_area')).rejects.toMatchObject(refused);
    } finally {
      await test.outside.query('RESET ROLE');
    }
  });
});
