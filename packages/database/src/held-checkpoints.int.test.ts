import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './tenant-database.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

describe.runIf(serverUrl !== '')('what verification proved', () => {
  let test: TestDatabase;
  let own: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
    const tenant = await test.database.platform.createTenant({
      slug: `held-${randomUUID()}`,
      nameJa: '一',
      nameEn: 'One',
      timeZone: 'Asia/Tokyo',
      language: 'ja',
    });
    own = test.database.forTenant(tenant.id);
  });
  afterAll(() => test.drop());

  const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 30, hour));

  it('is held, and never gets smaller or another of the same size', async () => {
    expect(await own.heldCheckpoints.get()).toBeNull();
    await own.heldCheckpoints.raise({ size: 5, note: 'five', provenAt: at(1), node: 'one' });
    await own.heldCheckpoints.raise({ size: 4, note: 'four', provenAt: at(2), node: 'one' });
    await own.heldCheckpoints.raise({ size: 5, note: 'another five', provenAt: at(3), node: 'two' });
    expect(await own.heldCheckpoints.get()).toEqual({ size: 5, note: 'five', provenAt: at(1), nodes: ['one', 'two'] });
    await own.heldCheckpoints.raise({ size: 5, note: 'five', provenAt: at(4), node: 'two' });
    await own.heldCheckpoints.raise({ size: 6, note: 'six', provenAt: at(5), node: 'one' });
    expect(await own.heldCheckpoints.get()).toEqual({ size: 6, note: 'six', provenAt: at(5), nodes: ['one', 'two'] });
    for (const statement of [
      `UPDATE held_checkpoint SET size = 3`,
      `UPDATE held_checkpoint SET note = 'x'`,
      `DELETE FROM held_checkpoint`,
    ]) {
      await expect(test.outside.query(statement), statement).rejects.toThrow('only grows');
    }
  });
});
