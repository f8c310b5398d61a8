import { join } from 'node:path';
import { makeDirectory } from '@akashi/durable-files';
import { isTenantId } from '@akashi/policy';
import { KeyringError } from './keyring-error.ts';
import { ensureSystemSenderKey } from './system-sender-key.ts';
import { createTenantKeyFiles, openTenantKeys, type TenantKeys } from './tenant-keys.ts';
import {
  ensureServerCertificateFiles,
  issueClientCertificateFiles,
  type ClientCertificate,
} from './tls-certificates.ts';

/** PEM texts. `key` may stand together with `cert` in one text; TLS libraries take each from it. */
export interface ServerCertificate {
  ca: string;
  cert: string;
  key: string;
}

/** The key store below one directory (`AKASHI_HOME/keys`): directories 0700, files 0600, every write durable. */
export interface Keyring {
  /** Creates the keys of a tenant, all or none; keys that exist stay as they are. */
  createTenantKeys(tenantId: string): Promise<'created' | 'exists'>;
  /** Reads nothing yet: a key that is missing throws `tenant-keys-missing` or `key-missing` when it is asked for. */
  forTenant(tenantId: string): TenantKeys;
  /** Makes the installation's CA at first use, then a server certificate that covers all these hosts. */
  ensureServerCertificate(names: { hosts: readonly string[] }): Promise<ServerCertificate>;
  /** A client certificate of the installation's CA; the same name gives the same certificate again. */
  issueClientCertificate(name: string): Promise<ClientCertificate>;
  /** The secret that the installation's own parts send the audit trail with (`system-sender.key`); made at first use. */
  systemSenderKey(): Promise<string>;
  /** The CA certificate to give to senders. It is there after `ensureServerCertificate`. */
  readonly caPath: string;
}

function directoryOf(dir: string, tenantId: string): string {
  if (!isTenantId(tenantId)) throw new KeyringError('invalid-tenant-id', 'a tenant id is a lower-case UUID');
  return join(dir, 'tenants', tenantId);
}

export function openKeyring(settings: { dir: string }): Keyring {
  const { dir } = settings;
  const tenants = new Map<string, TenantKeys>();
  return {
    async createTenantKeys(tenantId) {
      const directory = directoryOf(dir, tenantId);
      await makeDirectory(join(dir, 'tenants'));
      return createTenantKeyFiles(directory);
    },
    forTenant(tenantId) {
      const known = tenants.get(tenantId);
      if (known !== undefined) return known;
      const opened = openTenantKeys(directoryOf(dir, tenantId), tenantId);
      tenants.set(tenantId, opened);
      return opened;
    },
    ensureServerCertificate: ({ hosts }) => ensureServerCertificateFiles(dir, hosts),
    issueClientCertificate: (name) => issueClientCertificateFiles(dir, name),
    systemSenderKey: () => ensureSystemSenderKey(dir),
    caPath: join(dir, 'ca.pem'),
  };
}
