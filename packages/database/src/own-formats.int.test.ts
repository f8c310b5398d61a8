import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './tenant-database.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const at = (minute: number): Date => new Date(1_800_000_000_000 + minute * 60_000);
const nothing = (): Promise<void> => Promise.resolve();
const definition = (pattern: string): object => ({ name: 'payroll', reading: { kind: 'grok', patterns: [pattern] } });

describe.runIf(serverUrl !== '')('an organisation’s own formats', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
    own = await newTenant();
    other = await newTenant();
  });
  afterAll(() => test.drop());

  async function newTenant(): Promise<TenantDatabase> {
    const names = { nameJa: '一', nameEn: 'One', timeZone: 'Asia/Tokyo', language: 'ja' };
    const tenant = await test.database.platform.createTenant({ slug: `formats-${randomUUID()}`, ...names });
    return test.database.forTenant(tenant.id);
  }

  const save = (pattern: string, minute: number) =>
    own.ownFormats.save({ name: 'payroll', definition: definition(pattern), by: 'sato', at: at(minute) }, nothing);
  const activate = (version: number, minute: number) =>
    own.ownFormats.activate(
      { name: 'payroll', version, logGroups: ['app/payroll'], by: 'sato', at: at(minute) },
      nothing,
    );

  it('are saved version by version, of which one at a time reads lines', async () => {
    expect(await save('a', 0)).toBe(1);
    expect(await save('b', 1)).toBe(2);
    expect(await own.ownFormats.live()).toEqual([]);
    expect(await activate(1, 2)).toBe(true);
    expect(await activate(2, 3)).toBe(true);
    expect(await activate(3, 4)).toBe(false);
    const live = await own.ownFormats.live();
    expect(live).toEqual([
      {
        name: 'payroll',
        version: 2,
        definition: definition('b'),
        logGroups: ['app/payroll'],
        activatedBy: 'sato',
        activatedAt: at(3),
      },
    ]);
    expect((await own.ownFormats.versions('payroll')).map(({ version }) => version)).toEqual([2, 1]);
  });

  it('end by a word, once', async () => {
    const end = () => own.ownFormats.deactivate({ name: 'payroll', by: 'sato', at: at(5) }, nothing);
    expect(await end()).toBe(true);
    expect(await end()).toBe(false);
    expect(await own.ownFormats.live()).toEqual([]);
  });

  it('are nobody else’s, and are not saved when they cannot be put on record', async () => {
    expect(await other.ownFormats.versions()).toEqual([]);
    const wanted = { name: 'payroll', version: 1, logGroups: ['x'], by: 'lee', at: at(6) };
    expect(await other.ownFormats.activate(wanted, nothing)).toBe(false);
    const failing = () => Promise.reject(new Error('no trail'));
    const unsaid = { name: 'payroll', definition: {}, by: 'lee', at: at(6) };
    await expect(other.ownFormats.save(unsaid, failing)).rejects.toThrow('no trail');
    expect(await other.ownFormats.versions()).toEqual([]);
  });
});
