import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tenantId } from '@akashi/database';
import { keysWithoutExport, openKeyring, recoverKeys } from '@akashi/keyring';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportRecovery } from './export-recovery.ts';

// Real: disk, scrypt. Simulated: the intake that takes the audit trail.
const tenant = tenantId('0199d0c0-0000-7000-8000-000000000001');
const platformTenant = tenantId('0199d0c0-0000-7000-8000-000000000002');
let root: string;
const told: string[] = [];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'akashi-export-'));
  told.length = 0;
  await openKeyring({ dir: join(root, 'home', 'keys'), environment: {} }).createTenantKeys(tenant);
});
afterEach(() => rmSync(root, { recursive: true }));

const partsOf = (record: () => Promise<void> = () => Promise.resolve()) => ({
  keys: { dir: join(root, 'home', 'keys'), environment: {} },
  trail: {
    record: ({ tenantId: of, event }: { tenantId: string; event: { action: string } }) => {
      told.push(`${of} ${event.action}`);
      return record();
    },
  } as never,
  platformTenant,
  now: () => new Date('2026-11-30T00:00:00Z'),
});

describe('an export of the keys', () => {
  it('is a file of the owner alone, on record, and brings the keys back', async () => {
    const file = join(root, 'safe');
    const { keys, passphrase } = await exportRecovery(partsOf(), file);
    expect(keys).toBeGreaterThan(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(told).toEqual([`${platformTenant} recovery-export.make`]);
    expect(await keysWithoutExport(join(root, 'home', 'keys'))).toBe(0);
    const place = { dir: join(root, 'new'), environment: {} };
    await recoverKeys(place, readFileSync(file, 'utf8'), passphrase);
    const [before, after] = [join(root, 'home', 'keys'), place.dir].map((dir) => openKeyring({ dir, environment: {} }));
    expect(after?.forTenant(tenant).dataKey()).toEqual(before?.forTenant(tenant).dataKey());
  });

  it('is refused beside the keys, over a file and into no folder', async () => {
    for (const file of [join(root, 'home', 'safe'), join(root, 'home', 'keys', 'safe'), join(root, 'none', 'safe')])
      await expect(exportRecovery(partsOf(), file)).rejects.toThrow(/AKASHI_HOME|no folder/);
    const file = join(root, 'safe');
    await exportRecovery(partsOf(), file);
    const before = readFileSync(file, 'utf8');
    await expect(exportRecovery(partsOf(), file)).rejects.toThrow('is there already');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is not made when it cannot be put on record', async () => {
    const file = join(root, 'safe');
    await expect(
      exportRecovery(
        partsOf(() => Promise.reject(new Error('no intake'))),
        file,
      ),
    ).rejects.toThrow();
    expect(existsSync(file)).toBe(false);
    expect(await keysWithoutExport(join(root, 'home', 'keys'))).toBeGreaterThan(0);
  });
});
