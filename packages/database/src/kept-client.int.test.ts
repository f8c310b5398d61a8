import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';

const serverUrl = process.env['DATABASE_URL'];

const number = '4556734500085943';
const spaced = '4556 7345 0008 5943';

/** Connections that carry nothing of anybody's: migrations and the comparison of schemas. */
const withoutValues = new Set(['migrate.ts', 'schema-engine.ts']);

it('opens no connection but the one kind that keeps no card number', async () => {
  const folder = import.meta.dirname;
  const files = (await readdir(folder, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !/test|fixtures|generated/.test(name),
  );
  const opening: string[] = [];
  for (const name of files) {
    const source = await readFile(join(folder, name), 'utf8');
    if (/new (?:Pool|Client)\(/.test(source) && !withoutValues.has(name)) opening.push(name);
  }
  expect(opening).toEqual(['open-database.ts']);
  const source = await readFile(join(folder, 'open-database.ts'), 'utf8');
  expect(source.match(/new Pool\(/g)).toHaveLength(2);
  expect(source).toContain('Client: KeptClient');
});

describe.skipIf(serverUrl === undefined)('a connection', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
  });
  afterAll(() => test.drop());

  it('brings no card number into any column, by Prisma or by SQL', async () => {
    const { platform } = test.database;
    const details = { timeZone: 'Asia/Tokyo', language: 'ja' };
    const { id } = await platform.createTenant({ slug: `a-${number}`, nameJa: spaced, nameEn: number, ...details });
    const own = test.database.forTenant(id);
    await own.organisation.change({
      contacts: [{ name: spaced, email: `${number}@example.jp`, purpose: 'security' }],
    });
    await own.sources.put({ kind: 'syslog', name: spaced, addressRange: '127.0.0.0/8', logGroup: `group/${number}` });
    await own.accessGroups.create({ name: spaced, description: number, ownerId: null });
    await own.supportAccess.grant({
      operator: `${number}@example.jp`,
      purpose: spaced,
      logGroups: [number],
      grantedBy: id,
      endsAt: new Date(Date.now() + 60_000),
    });
    const { rows } = await test.outside.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM tenant t UNION ALL SELECT row_to_json(t)::text FROM source t
       UNION ALL SELECT row_to_json(t)::text FROM access_group t UNION ALL SELECT row_to_json(t)::text FROM support_access t`,
    );
    expect(rows).toHaveLength(4);
    for (const { row } of rows) {
      expect(row).not.toMatch(/4556.?7345.?0008.?5943/);
      expect(row).toMatch(/4556.?73..?\*/);
    }
  });
});
