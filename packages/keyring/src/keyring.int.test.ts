import { createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyring, parseKeyFile } from './index.ts';

const tenant = '0199d0c0-0000-7000-8000-000000000001';
const other = '0199d0c0-0000-7000-8000-000000000002';

let dir: string;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'akashi-keyring-')), 'keys');
});
afterEach(() => rm(join(dir, '..'), { recursive: true }));

async function modesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      const mode = (await stat(join(entry.parentPath, entry.name))).mode & 0o777;
      return `${entry.isDirectory() ? 'directory' : 'file'} ${mode.toString(8)}`;
    }),
  );
}

describe('tenant keys', () => {
  it('are created once and read back the same by another process', async () => {
    const keyring = openKeyring({ dir });
    expect(await keyring.createTenantKeys(tenant)).toBe('created');
    const keys = keyring.forTenant(tenant);
    const inbox = keys.inboxKey();
    expect(await keyring.createTenantKeys(tenant)).toBe('exists');
    const again = openKeyring({ dir }).forTenant(tenant);
    expect(again.inboxKey()).toEqual(inbox);
    expect(again.inboxKey(inbox.id)).toEqual(inbox);
    expect(again.dataKey().key).not.toEqual(inbox.key);
    expect(again.verifierKey()).toBe(keys.verifierKey());
  });

  it('of one moment in two processes are one set', async () => {
    const created = await Promise.all([1, 2, 3, 4].map(() => openKeyring({ dir }).createTenantKeys(tenant)));
    expect(created.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await readdir(join(dir, 'tenants'))).toEqual([tenant]);
    expect(await readdir(join(dir, 'tenants', tenant, 'data'))).toHaveLength(1);
  });

  it('seal secrets for one row of one tenant', async () => {
    const keyring = openKeyring({ dir });
    await Promise.all([keyring.createTenantKeys(tenant), keyring.createTenantKeys(other)]);
    const place = { purpose: 'totp', id: 'row-1' };
    const sealed = keyring.forTenant(tenant).secrets.seal(place, 'JBSWY3DP 証');
    expect(sealed.includes('JBSWY3DP')).toBe(false);
    expect(openKeyring({ dir }).forTenant(tenant).secrets.open(place, sealed)).toBe('JBSWY3DP 証');
    const { secrets } = keyring.forTenant(tenant);
    expect(() => secrets.open({ ...place, id: 'row-2' }, sealed)).toThrow(/not sealed for this place/);
    expect(() => secrets.open({ ...place, purpose: 'oidc' }, sealed)).toThrow(/not sealed for this place/);
    expect(() => keyring.forTenant(other).secrets.open(place, sealed)).toThrow(/has no secret key/);
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => secrets.open(place, altered)).toThrow();
    }
    expect(() => secrets.open(place, sealed.subarray(0, 9))).toThrow(/this form/);
  });

  it('of an earlier version get the key for secrets when they are asked for again', async () => {
    const keyring = openKeyring({ dir });
    await keyring.createTenantKeys(tenant);
    await rm(join(dir, 'tenants', tenant, 'secret'), { recursive: true });
    expect(await keyring.createTenantKeys(tenant)).toBe('exists');
    expect(keyring.forTenant(tenant).secrets.seal({ purpose: 'totp', id: 'a' }, 'x')).toBeInstanceOf(Buffer);
  });

  it('lie in private directories and files', async () => {
    const keyring = openKeyring({ dir });
    await keyring.createTenantKeys(tenant);
    await keyring.ensureServerCertificate({ hosts: ['localhost'] });
    expect(new Set(await modesBelow(dir))).toEqual(new Set(['directory 700', 'file 600']));
  });

  it('give an auditor the data keys that are asked for, in the form that the verifier reads', async () => {
    const keyring = openKeyring({ dir });
    await keyring.createTenantKeys(tenant);
    const keys = keyring.forTenant(tenant);
    const text = keys.exportDataKeys(keys.dataKeyIds());
    expect(text).toMatch(/^akashi-data-key data-0001-[0-9a-f]{8} [A-Za-z0-9+/]{43}=\n$/);
    expect(parseKeyFile('data', text)).toEqual(keys.dataKey());
    expect(() => parseKeyFile('inbox', text)).toThrowError(expect.objectContaining({ code: 'key-unreadable' }));
  });

  it('sign, and the verifier key names the log', async () => {
    const keyring = openKeyring({ dir });
    await keyring.createTenantKeys(tenant);
    const keys = keyring.forTenant(tenant);
    const signature = sign(null, Buffer.from('note'), keys.signingKey());
    expect(verify(null, Buffer.from('note'), createPublicKey(keys.signingKey()), signature)).toBe(true);
    expect(keys.verifierKey()).toMatch(new RegExp(`^akashi\\.log/${tenant}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+$`));
  });

  it('that are missing are a coded error, and ids cannot leave the directory', async () => {
    const keyring = openKeyring({ dir });
    expect(() => keyring.forTenant(other).inboxKey()).toThrowError(
      expect.objectContaining({ code: 'tenant-keys-missing' }),
    );
    expect(() => keyring.forTenant('../x')).toThrowError(expect.objectContaining({ code: 'invalid-tenant-id' }));
    await keyring.createTenantKeys(tenant);
    for (const id of ['data-0009-00000000', '../../x']) {
      expect(() => keyring.forTenant(tenant).dataKey(id)).toThrowError(
        expect.objectContaining({ code: 'key-missing' }),
      );
    }
    await expect(keyring.issueClientCertificate('../x')).rejects.toMatchObject({ code: 'invalid-name' });
  });
});

describe('TLS certificates', () => {
  const hosts = ['localhost', '127.0.0.1', '::1', 'log-host.example'];

  it('stay until a name is missing, under a CA that stays', async () => {
    const keyring = openKeyring({ dir });
    const first = await keyring.ensureServerCertificate({ hosts });
    const second = await openKeyring({ dir }).ensureServerCertificate({ hosts });
    expect(new X509Certificate(second.cert).fingerprint256).toBe(new X509Certificate(first.cert).fingerprint256);
    const wider = await keyring.ensureServerCertificate({ hosts: [...hosts, 'new.example'] });
    expect(wider.ca).toBe(first.ca);
    expect(new X509Certificate(wider.cert).checkHost('new.example')).toBe('new.example');
    expect(await readFile(keyring.caPath, 'utf8')).toBe(first.ca);
  });

  it('carry a mutually authenticated TLS connection to each name', async () => {
    const keyring = openKeyring({ dir });
    const server = await keyring.ensureServerCertificate({ hosts });
    const client = await keyring.issueClientCertificate('web-01');
    const listener = createServer({ ...server, requestCert: true, rejectUnauthorized: true }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const port = (listener.address() as AddressInfo).port;
    for (const name of ['localhost', 'log-host.example']) {
      const accepted = once(listener, 'secureConnection') as Promise<[TLSSocket]>;
      const socket = connect({ port, host: '127.0.0.1', servername: name, ca: server.ca, ...client });
      await once(socket, 'secureConnect');
      const [peer] = await accepted;
      const seen = peer.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase();
      expect(seen).toBe(client.fingerprint);
      socket.destroy();
    }
    listener.close();
  });
});
