import { join } from 'node:path';
import { makeDirectory } from '@akashi/durable-files';
import { isTenantId } from '@akashi/policy';
import { processEnvironment } from './env.ts';
import type { Environment } from './installation-key.ts';
import type { KeyFolderPlace } from './key-folder.ts';
import { openKeyVault } from './key-vault.ts';
import { openKeyStanding, type KeyStanding } from './key-standing.ts';
import { KeyringError } from './keyring-error.ts';
import { openKeyRotation, type KeyRotation } from './key-rotation.ts';
import { ensureSystemSenderKey } from './system-sender-key.ts';
import { createTenantKeyFiles, openTenantKeys, type TenantKeys } from './tenant-keys.ts';
import {
  ensureServerCertificateFiles,
  issueClientCertificateFiles,
  type ClientCertificate,
} from './tls-certificates.ts';
import { wrapKeysInClear } from './wrap-keys.ts';

/** PEM texts. `key` may stand together with `cert` in one text; TLS libraries take each from it. */
export interface ServerCertificate {
  ca: string;
  cert: string;
  key: string;
}

/**
 * The key store below one directory (`AKASHI_HOME/keys`): directories 0700, files 0600, every write durable, every key
 * encrypted under the installation key.
 */
export interface Keyring {
  /**
   * To be called at the start of a process: makes sure that the installation key is the right one (the first call of all makes
   * it) and encrypts what an earlier release left in clear. Throws `installation-key-…` with a sentence for the operator.
   */
  unlock(): Promise<void>;
  /** Creates the keys of a tenant, all or none; keys that exist stay as they are. */
  createTenantKeys(tenantId: string): Promise<'created' | 'exists'>;
  /** Reads nothing yet: a key that is missing throws `tenant-keys-missing` or `key-missing` when it is asked for. */
  forTenant(tenantId: string): TenantKeys;
  /** Adds, retires and destroys keys of a tenant. */
  rotationOf(tenantId: string): KeyRotation;
  /** Makes the installation's CA at first use, then a server certificate that covers all these hosts. */
  ensureServerCertificate(names: { hosts: readonly string[] }): Promise<ServerCertificate>;
  /** A client certificate of the installation's CA; the same name gives the same certificate again. */
  issueClientCertificate(name: string): Promise<ClientCertificate>;
  /** The secret that the installation's own parts send the audit trail with (`system-sender.key`); made at first use. */
  systemSenderKey(): Promise<string>;
  /** What an operator has to know of the keys as a whole; see `makeRecoveryExport`. */
  readonly standing: KeyStanding;
  /** The CA certificate to give to senders. It is there after `ensureServerCertificate`. */
  readonly caPath: string;
}

export interface KeyringSettings {
  readonly dir: string;
  /** Says where the installation key is; the process's own without it. */
  readonly environment?: Environment;
  /** Told before each durable step of encrypting and of rotating, for fault drills. */
  readonly onStep?: (step: string) => void;
}

export function openKeyring(settings: KeyringSettings): Keyring {
  const { dir, environment = processEnvironment(), onStep = () => {} } = settings;
  const vault = openKeyVault(dir, environment);
  const tenants = new Map<string, TenantKeys>();
  const unlock = (): Promise<void> => vault.unlock(() => wrapKeysInClear({ dir, vault, onStep }));

  function placeOf(tenantId: string): KeyFolderPlace {
    if (!isTenantId(tenantId)) throw new KeyringError('invalid-tenant-id', 'a tenant id is a lower-case UUID');
    return { directory: join(dir, 'tenants', tenantId), tenantId, vault };
  }

  return {
    unlock,
    async createTenantKeys(tenantId) {
      const place = placeOf(tenantId);
      await unlock();
      await makeDirectory(join(dir, 'tenants'));
      return createTenantKeyFiles(place);
    },
    forTenant(tenantId) {
      const known = tenants.get(tenantId);
      if (known !== undefined) return known;
      const opened = openTenantKeys(placeOf(tenantId));
      tenants.set(tenantId, opened);
      return opened;
    },
    rotationOf: (tenantId) => openKeyRotation(placeOf(tenantId), onStep),
    async ensureServerCertificate({ hosts }) {
      await unlock();
      return ensureServerCertificateFiles({ dir, vault }, hosts);
    },
    async issueClientCertificate(name) {
      await unlock();
      return issueClientCertificateFiles({ dir, vault }, name);
    },
    async systemSenderKey() {
      await unlock();
      return ensureSystemSenderKey({ dir, vault });
    },
    standing: openKeyStanding({ dir, environment }),
    caPath: join(dir, 'ca.pem'),
  };
}
