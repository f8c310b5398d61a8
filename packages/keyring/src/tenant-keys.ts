import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import { formatVerifierKey, logOrigin, verifyCheckpointByAny } from '@akashi/integrity';
import { formatKeyFile, type NamedKey, type SymmetricPurpose } from './key-file.ts';
import { KeyFolder, type KeyFolderPlace } from './key-folder.ts';
import { KeyringError } from './keyring-error.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';

/** The keys of one tenant. Key material is read from disk on first use and kept in memory. */
export interface TenantKeys {
  /** Encrypts landing segments. Without an id: the newest, which is the one to write with. */
  inboxKey(keyId?: string): NamedKey;
  /** Encrypts blocks. Without an id: the newest, which is the one to write with. */
  dataKey(keyId?: string): NamedKey;
  /** Ids of the data keys, oldest first. */
  dataKeyIds(): string[];
  /** The lines that `akashi-verify --data-key` reads, of these keys. */
  exportDataKeys(keyIds: readonly string[]): string;
  /** 32 bytes that receipts of the intake are authenticated with; they outlive each inbox key. */
  receiptsKey(): Buffer;
  /** Seals the tenant's small secrets for the database, such as those of one-time codes. */
  readonly secrets: SecretBox;
  /** Ed25519 private key that signs the tenant's checkpoints. Without an id: the newest. */
  signingKey(keyId?: string): KeyObject;
  /** 32 bytes for the digests of indexed documents, which nobody without the organisation's keys can make. */
  documentsKey(): Buffer;
  /** The signed-note verifier key (C2SP signed-note) of a signing key, as people pass it on. Without an id: of the newest. */
  verifierKey(keyId?: string): string;
  /** Of every signing key, oldest first; the first stands beside the evidence and in old mails. */
  verifierKeys(): string[];
  /** The verifier key of the key that signed a checkpoint; the newest one's when none of them did. */
  verifierKeyOf(note: string | Uint8Array): string;
}

const documentsKeyUse = 'akashi index documents v1';
const symmetric: readonly SymmetricPurpose[] = ['inbox', 'data', 'secret', 'receipts'];

export function newSigningSecret(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' });
}

/**
 * Creates all keys of a tenant in one step: they are written aside and renamed into place, so a crash or a second
 * process at the same moment leaves either no keys or one whole set. Existing keys are never touched.
 */
export async function createTenantKeyFiles(place: KeyFolderPlace): Promise<'created' | 'exists'> {
  const { directory } = place;
  const aside = { ...place, directory: `${directory}.${randomBytes(8).toString('hex')}.tmp` };
  await makeDirectory(aside.directory);
  for (const purpose of symmetric) await new KeyFolder(aside, purpose).add(randomBytes(32));
  await new KeyFolder(aside, 'signing').add(newSigningSecret());
  try {
    await rename(aside.directory, directory);
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOTEMPTY', 'EEXIST')) throw cause;
    await rm(aside.directory, { recursive: true });
    await ensureSecretKey(place);
    return 'exists';
  }
  await syncDirectory(join(directory, '..'));
  return 'created';
}

/** Tenants of an earlier version have none. Two made at one moment both open what they sealed. */
async function ensureSecretKey(place: KeyFolderPlace): Promise<void> {
  const folder = new KeyFolder(place, 'secret');
  if (folder.ids().length === 0) await folder.add(randomBytes(32));
}

/** How a release kept the signing key that had one only. */
export const formerSigningName = 'signing.pem';

export function openTenantKeys(place: KeyFolderPlace): TenantKeys {
  const { directory, tenantId } = place;
  const folders = {
    inbox: new KeyFolder(place, 'inbox'),
    data: new KeyFolder(place, 'data'),
    secret: new KeyFolder(place, 'secret'),
    receipts: new KeyFolder(place, 'receipts'),
  };
  const signing = new KeyFolder(place, 'signing');
  const signingKeys = new Map<string, KeyObject>();
  let former: KeyObject | undefined;
  let documents: Buffer | undefined;

  function load(purpose: SymmetricPurpose, keyId?: string): NamedKey {
    const id = keyId ?? folders[purpose].newest();
    return { id, key: folders[purpose].load(id) };
  }

  /** Of a home that is not unlocked yet: a thread or a test reads it as it is. */
  function formerSigningKey(): KeyObject {
    try {
      former ??= createPrivateKey(readFileSync(join(directory, formerSigningName)));
      return former;
    } catch (cause) {
      const code = hasErrorCode(cause, 'ENOENT') ? 'tenant-keys-missing' : 'key-unreadable';
      throw new KeyringError(code, `the signing key of tenant ${tenantId} could not be read`, { cause });
    }
  }

  function signingKey(keyId?: string): KeyObject {
    const id = keyId ?? signing.ids().at(-1);
    if (id === undefined) return formerSigningKey();
    const known = signingKeys.get(id) ?? createPrivateKey({ key: signing.load(id), format: 'der', type: 'pkcs8' });
    signingKeys.set(id, known);
    return known;
  }

  const verifierKey = (keyId?: string): string =>
    formatVerifierKey(logOrigin(tenantId), createPublicKey(signingKey(keyId)));

  function verifierKeys(): string[] {
    const ids = signing.ids();
    return ids.length === 0 ? [verifierKey()] : ids.map(verifierKey);
  }

  return {
    inboxKey: (keyId) => load('inbox', keyId),
    dataKey: (keyId) => load('data', keyId),
    dataKeyIds: () => folders.data.ids(),
    exportDataKeys: (keyIds) => keyIds.map((id) => formatKeyFile('data', load('data', id))).join(''),
    receiptsKey: () => load('receipts').key,
    secrets: createSecretBox(tenantId, (keyId) => load('secret', keyId)),
    signingKey,
    documentsKey() {
      // Derived (HKDF, RFC 5869) from the first signing key: documents that were noted under it keep their digests.
      documents ??= Buffer.from(
        hkdfSync(
          'sha256',
          signingKey(signing.ids()[0]).export({ type: 'pkcs8', format: 'der' }),
          '',
          documentsKeyUse,
          32,
        ),
      );
      return documents;
    },
    verifierKey,
    verifierKeys,
    verifierKeyOf: (note) => verifyCheckpointByAny(note, verifierKeys()).verifierKey ?? verifierKey(),
  };
}
