import { randomUUID } from 'node:crypto';
import { planImport, standardMaster, type MasterDefinition, type MasterRow } from '@akashi/attribution';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from '../../database.fixtures.ts';
import type { MasterChange, NewVersion, TenantDatabase } from '../../index.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

const at = new Date('2026-07-01T00:00:00Z');
const version: NewVersion = { kind: 'import', details: { lines: 2 }, by: 'sato', at };
const nothing: MasterChange = { added: [], changed: [], ended: [], withdrawn: [], unchanged: 0 };
const before = (): Promise<void> => Promise.resolve();

function device(person: string, changed: Partial<MasterRow> = {}): MasterRow {
  const values = { mac: '00-00-00-00-00-01', device: 'PC001', person };
  return { id: randomUUID(), master: 'user-devices', validFromMs: null, validUntilMs: null, values, ...changed };
}

describe.skipIf(serverUrl === undefined)('masters', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    const tenants = [
      await test.database.platform.createTenant({ slug: 'one', ...details }),
      await test.database.platform.createTenant({ slug: 'two', ...details }),
    ];
    [own, other] = tenants.map(({ id }) => test.database.forTenant(id)) as [TenantDatabase, TenantDatabase];
  });
  afterAll(() => test.drop());

  const change = (master: string, plan: Partial<MasterChange>) =>
    own.masters.change(master, version, { plan: () => Promise.resolve({ ...nothing, ...plan }), before });

  it('reads every version again, and shows them to nobody else', async () => {
    const yamada = device('yamada');
    const suzuki = device('suzuki', { validFromMs: at.getTime() });
    expect(await change('user-devices', { added: [yamada] })).toEqual({ version: 1, rows: 1 });
    const ended = { ...yamada, validUntilMs: at.getTime() };
    expect(await change('user-devices', { ended: [ended], added: [suzuki] })).toEqual({ version: 2, rows: 2 });
    expect(await change('user-devices', { unchanged: 2 })).toEqual({ version: 2, rows: 2 });

    expect(await own.masters.rowsAt('user-devices')).toEqual([ended, suzuki]);
    expect(await own.masters.rowsAt('user-devices', 1)).toEqual([yamada]);
    expect(await own.masters.rows('user-devices', { at })).toEqual([suzuki]);
    expect(await own.masters.rows('user-devices', { at: new Date(at.getTime() - 1) })).toEqual([ended]);
    expect(await own.masters.rowsOverlapping('user-devices', new Date(0), at)).toEqual([ended]);
    expect(await own.masters.rows('user-devices', { text: 'SUZU' })).toEqual([suzuki]);
    expect(await own.masters.rows('user-devices', { where: { column: 'person', oneOf: ['yamada'] } })).toEqual([ended]);
    expect(await own.masters.rows('user-devices', { limit: 1 })).toEqual([ended]);
    expect(await own.masters.rows('user-devices', { after: ended })).toEqual([suzuki]);
    expect(await own.masters.shapes('user-devices', yamada.id)).toEqual([
      { ...ended, sinceVersion: 2, untilVersion: null },
      { ...yamada, sinceVersion: 1, untilVersion: 2 },
    ]);
    expect(await own.masters.versions('user-devices', { limit: 10 })).toMatchObject([
      { number: 2, by: 'sato', at, added: 1, ended: 1, rows: 2, kind: 'import', details: { lines: 2 } },
      { number: 1, added: 1, rows: 1 },
    ]);
    expect(await own.masters.newestVersions()).toEqual({ 'user-devices': 2 });
    expect((await own.masters.tables()).map(({ definition, newest }) => [definition.name, newest?.number])).toEqual([
      ['people', undefined],
      ['common-ids', undefined],
      ['user-devices', 2],
      ['dhcp-leases', undefined],
      ['approvals', undefined],
      ['assets', undefined],
    ]);

    expect(await other.masters.rowsAt('user-devices')).toEqual([]);
    expect(await other.masters.shapes('user-devices', yamada.id)).toEqual([]);
    expect(await other.masters.versions('user-devices', { limit: 10 })).toEqual([]);
    expect(await other.masters.newestVersions()).toEqual({});
  });

  it('says the period of a lease in its columns, as it stands in each version', async () => {
    const values = { mac: '00-00-00-00-00-01', address: '192.168.0.1' };
    const lease = { id: randomUUID(), master: 'dhcp-leases', validFromMs: at.getTime(), validUntilMs: null, values };
    await change('dhcp-leases', { added: [lease] });
    await change('dhcp-leases', { ended: [{ ...lease, validUntilMs: at.getTime() + 1 }] });
    const leasedAt = '2026-07-01T00:00:00.000Z';
    expect((await own.masters.rowsAt('dhcp-leases', 3))[0]?.values).toEqual({
      ...values,
      leasedAt,
      until: '2026-07-01T00:00:00.001Z',
    });
    expect((await own.masters.rowsAt('dhcp-leases', 1))[0]?.values).toEqual({ ...values, leasedAt });
  });

  it('changes nothing when the record of it fails, and lets one change wait for another', async () => {
    const people = standardMaster('people') as MasterDefinition;
    const refused = own.masters.change('people', version, {
      plan: () => Promise.resolve({ ...nothing, added: [{ ...device('x'), master: 'people' }] }),
      before: () => Promise.reject(new Error('no trail')),
    });
    await expect(refused).rejects.toThrow('no trail');
    expect(await own.masters.rowsAt('people')).toEqual([]);
    const imports = Array.from({ length: 4 }, () =>
      own.masters.change('people', version, {
        plan: (current) => {
          const values = { person: 'yamada', name: '山田' };
          const row = { line: 2, values, validFromMs: null, validUntilMs: null, isYearGuessed: false };
          const options = {
            nowMs: at.getTime(),
            isWhole: false,
            isCorrection: false,
            saysEnds: false,
            newId: randomUUID,
          };
          return Promise.resolve(planImport(people, { current, imported: [row] }, options));
        },
        before,
      }),
    );
    expect(await Promise.all(imports)).toEqual(imports.map(() => ({ version: 1, rows: 1 })));
  });

  it('lets no tenant rewrite what a version says', async () => {
    await test.outside.query('SET ROLE akashi_app');
    try {
      await test.outside.query(`SELECT set_config('app.tenant_id', $1, false)`, [own.tenantId]);
      const reopened = await test.outside.query(
        'UPDATE master_row SET until_version = NULL WHERE until_version IS NOT NULL',
      );
      expect(reopened.rowCount).toBe(0);
      for (const statement of [
        `UPDATE master_row SET "values" = '{}'`,
        'DELETE FROM master_row',
        'UPDATE master_version SET made_by = NULL',
        'DELETE FROM master_version',
      ])
        await expect(test.outside.query(statement), statement).rejects.toThrow('permission denied');
    } finally {
      await test.outside.query('RESET ROLE');
    }
  });

  it('keeps own tables beside the standard ones, whose names are taken', async () => {
    const people = standardMaster('people') as MasterDefinition;
    const badges = { ...people, name: 'badges' };
    expect(await own.masters.define(badges, { by: 'sato', at })).toBe(true);
    expect(await own.masters.define(badges, { by: 'sato', at })).toBe(false);
    expect(await own.masters.define(people, { by: 'sato', at })).toBe(false);
    expect(await own.masters.definition('badges')).toEqual(badges);
    expect(await other.masters.definition('badges')).toBeNull();
    expect(await other.masters.change('badges', version, { plan: () => Promise.resolve(nothing), before })).toBeNull();
  });

  it('masks card numbers in rows, whoever forgot to', async () => {
    await change('assets', { added: [{ ...device('4556 7345 0008 5943'), master: 'assets' }] });
    const { rows } = await test.outside.query<{ text: string }>(
      `SELECT "values"::text AS text FROM master_row WHERE master = 'assets'`,
    );
    expect(rows.map(({ text }) => text).join()).toContain('4556 73** **** 5943');
  });

  it('takes fifty thousand rows in one version', async () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => device(`person ${n}`, { master: 'common-ids' }));
    expect(await change('common-ids', { added: rows })).toEqual({ version: 1, rows: 50_000 });
    expect(await own.masters.rowsAt('common-ids')).toHaveLength(50_000);
  });
});
