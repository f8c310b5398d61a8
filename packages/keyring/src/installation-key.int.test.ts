import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatInstallationKey, installationKeyOf } from '@akashi/integrity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyring, type Environment, type Keyring } from './index.ts';

const tenant = '0199d0c0-0000-7000-8000-000000000001';
const former = {
  tenant: '4beede40-ec84-482b-875b-189ef74458f0',
  keys: fileURLToPath(new URL('../../../apps/verifier/fixtures/home-of-format-1/keys', import.meta.url)),
};

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'akashi-keyring-')), 'keys');
});
afterEach(() => rm(join(dir, '..'), { recursive: true }));

const open = (environment: Environment = {}): Keyring => openKeyring({ dir, environment });

/** Everything below the folder, by its path. */
async function filesBelow(folder: string): Promise<Map<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
}

/** What an organisation is able to do with its keys. */
function secretsOf(keyring: Keyring, tenantId: string): unknown {
  const keys = keyring.forTenant(tenantId);
  return {
    inbox: keys.inboxKey(),
    data: keys.dataKey(),
    verifier: keys.verifierKeys(),
    documents: keys.documentsKey(),
  };
}

describe('the installation key', () => {
  it('is made at first use, and no key lies beside it in clear', async () => {
    const keyring = open();
    await keyring.createTenantKeys(tenant);
    await keyring.ensureServerCertificate({ hosts: ['localhost'] });
    const sender = await keyring.systemSenderKey();
    const files = await filesBelow(dir);
    for (const [path, text] of files) {
      const isPublic = path.endsWith('/ca.pem') || path.endsWith('/installation.key');
      expect(text.startsWith('akashi-wrapped-key v1 '), path).toBe(!isPublic);
      expect(text.includes(sender), path).toBe(false);
    }
    expect(secretsOf(open(), tenant)).toEqual(secretsOf(keyring, tenant));
    expect(await open().systemSenderKey()).toBe(sender);
  });

  it('of another installation opens nothing, says so in a sentence and changes nothing', async () => {
    await open().createTenantKeys(tenant);
    const before = await filesBelow(dir);
    const other = open({ AKASHI_INSTALLATION_KEY: randomBytes(32).toString('base64') });
    const refused = {
      code: 'installation-key-wrong',
      message: expect.stringMatching(/is not the one .* nothing was/s),
    };
    await expect(other.unlock()).rejects.toMatchObject(refused);
    await expect(other.createTenantKeys('0199d0c0-0000-7000-8000-000000000002')).rejects.toMatchObject(refused);
    expect(() => other.forTenant(tenant).dataKey()).toThrowError(expect.objectContaining(refused));
    expect(await filesBelow(dir)).toEqual(before);
  });

  it('that is gone is missed, not made again', async () => {
    await open().createTenantKeys(tenant);
    await rm(join(dir, 'installation.key'));
    const before = await filesBelow(dir);
    await expect(open().unlock()).rejects.toMatchObject({ code: 'installation-key-missing' });
    expect(() => open().forTenant(tenant).inboxKey()).toThrowError(
      expect.objectContaining({ code: 'installation-key-missing' }),
    );
    expect(await filesBelow(dir)).toEqual(before);
  });

  it('that others may read is refused', async () => {
    await open().createTenantKeys(tenant);
    for (const mode of [0o640, 0o604, 0o660]) {
      await chmod(join(dir, 'installation.key'), mode);
      await expect(open().unlock()).rejects.toMatchObject({ code: 'installation-key-exposed' });
    }
  });

  it('comes from a file elsewhere, the environment or a command', async () => {
    const key = installationKeyOf(randomBytes(32));
    const path = join(dir, '..', 'elsewhere.key');
    await writeFile(path, formatInstallationKey(key), { mode: 0o600 });
    await open({ AKASHI_INSTALLATION_KEY_FILE: path }).createTenantKeys(tenant);
    const expected = secretsOf(open({ AKASHI_INSTALLATION_KEY: key.key.toString('base64') }), tenant);
    const command = open({ AKASHI_INSTALLATION_KEY_COMMAND: `cat '${path}'` });
    await command.unlock();
    expect(secretsOf(command, tenant)).toEqual(expected);
    expect([...(await filesBelow(dir)).keys()].some((name) => name.endsWith('installation.key'))).toBe(false);
  });

  it('that is named badly is told by the variable, without what was found', async () => {
    const cases: [Environment, string][] = [
      [{ AKASHI_INSTALLATION_KEY: 'c2hvcnQ=' }, 'installation-key-unreadable'],
      [{ AKASHI_INSTALLATION_KEY_FILE: join(dir, 'nowhere') }, 'installation-key-missing'],
      [{ AKASHI_INSTALLATION_KEY_COMMAND: 'echo c2hvcnQ=; exit 3' }, 'installation-key-missing'],
      [{ AKASHI_INSTALLATION_KEY_COMMAND: 'echo c2hvcnQ=' }, 'installation-key-unreadable'],
      [{ AKASHI_INSTALLATION_KEY: 'c2hvcnQ=', AKASHI_INSTALLATION_KEY_FILE: 'x' }, 'installation-key-unreadable'],
    ];
    for (const [environment, code] of cases) {
      const fault = await open(environment)
        .unlock()
        .catch((cause: unknown) => cause);
      expect(fault).toMatchObject({ code });
      expect(String((fault as Error).message)).not.toContain('c2hvcnQ');
    }
  });
});

describe('keys of an earlier release', () => {
  const copyFormer = (): Promise<void> => cp(former.keys, dir, { recursive: true });

  it('are encrypted where they lie, and are the same keys', async () => {
    await copyFormer();
    const before = secretsOf(openKeyring({ dir: former.keys, environment: {} }), former.tenant);
    const keyring = open();
    await keyring.unlock();
    expect(secretsOf(keyring, former.tenant)).toEqual(before);
    for (const [path, text] of await filesBelow(dir)) {
      if (!path.endsWith('installation.key')) expect(text, path).toMatch(/^akashi-wrapped-key v1 /);
    }
    const receipts = keyring.forTenant(former.tenant).receiptsKey();
    await keyring.unlock();
    await open().unlock();
    expect(open().forTenant(former.tenant).receiptsKey()).toEqual(receipts);
  });

  it('are there after a kill at each step, the old file or the new one, and the next start does the rest', async () => {
    await copyFormer();
    const before = secretsOf(openKeyring({ dir, environment: {} }), former.tenant);
    let steps = 0;
    for (let dieAt = 1; ; dieAt += 1) {
      await rm(dir, { recursive: true });
      await copyFormer();
      steps = 0;
      const onStep = (): void => {
        steps += 1;
        if (steps === dieAt) throw new Error('killed');
      };
      const died = await openKeyring({ dir, environment: {}, onStep })
        .unlock()
        .then(
          () => false,
          () => true,
        );
      expect(secretsOf(open(), former.tenant)).toEqual(before);
      await open().unlock();
      expect(secretsOf(open(), former.tenant)).toEqual(before);
      if (!died) break;
    }
    expect(steps).toBeGreaterThan(8);
  });

  it('are encrypted by several processes at one moment', async () => {
    await copyFormer();
    const before = secretsOf(openKeyring({ dir: former.keys, environment: {} }), former.tenant);
    await Promise.all([1, 2, 3, 4].map(() => open().unlock()));
    expect(secretsOf(open(), former.tenant)).toEqual(before);
    expect(await readdir(join(dir, 'tenants', former.tenant, 'signing'))).toHaveLength(1);
    expect(await readdir(join(dir, 'tenants', former.tenant, 'receipts'))).toHaveLength(1);
  });

  it('are not taken back in clear once they were encrypted', async () => {
    await copyFormer();
    await open().unlock();
    await cp(former.keys, dir, { recursive: true });
    expect(() => open().forTenant(former.tenant).dataKey()).toThrowError(
      expect.objectContaining({ code: 'key-unreadable' }),
    );
  });
});
