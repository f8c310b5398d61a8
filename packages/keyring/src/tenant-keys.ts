import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import { formatVerifierKey } from '@akashi/integrity';
import { formatKeyFile, parseKeyFile, type KeyPurpose, type NamedKey } from './key-file.ts';
import { KeyringError } from './keyring-error.ts';
import { createSecretBox, type SecretBox } from './secret-box.ts';

/** The keys of one tenant. Key material is read from disk on first use and kept in memory. */
export interface TenantKeys {
  /** Encrypts landing segments. Without an id: the newest, which is the one to write with. */
  inboxKey(keyId?: string): NamedKey;
  /** Encrypts blocks. Without an id: the newest, which is the one to write with. */
  dataKey(keyId?: string): NamedKey;
  /** Path of the file that holds a data key, for `akashi-verify --data-key`. */
  dataKeyFile(keyId?: string): string;
  /** Seals the tenant's small secrets for the database, such as those of one-time codes. */
  readonly secrets: SecretBox;
  /** Ed25519 private key that signs the tenant's checkpoints. */
  signingKey(): KeyObject;
  /** 32 bytes for the digests of indexed documents, which nobody without the organisation's keys can make. */
  documentsKey(): Buffer;
  /** The signed-note verifier key (C2SP signed-note) of `signingKey()`, as people pass it on. */
  verifierKey(): string;
}

const documentsKeyUse = 'akashi index documents v1';
const keyFileName = /^([a-z0-9-]+)\.key$/;

/** The number in front makes the newest key the last by name; the random part makes ids unique across tenants. */
function newKeyId(purpose: KeyPurpose, generation: number): string {
  return `${purpose}-${String(generation).padStart(4, '0')}-${randomBytes(4).toString('hex')}`;
}

async function writeNewKey(directory: string, purpose: KeyPurpose): Promise<void> {
  const id = newKeyId(purpose, 1);
  await makeDirectory(join(directory, purpose));
  await createFile(join(directory, purpose, `${id}.key`), formatKeyFile(purpose, { id, key: randomBytes(32) }));
}

/**
 * Creates all keys of a tenant in one step: they are written aside and renamed into place, so a crash or a second
 * process at the same moment leaves either no keys or one whole set. Existing keys are never touched.
 */
export async function createTenantKeyFiles(directory: string): Promise<'created' | 'exists'> {
  const aside = `${directory}.${randomBytes(8).toString('hex')}.tmp`;
  await makeDirectory(aside);
  await writeNewKey(aside, 'inbox');
  await writeNewKey(aside, 'data');
  await writeNewKey(aside, 'secret');
  const { privateKey } = generateKeyPairSync('ed25519');
  await createFile(join(aside, 'signing.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  try {
    await rename(aside, directory);
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOTEMPTY', 'EEXIST')) throw cause;
    await rm(aside, { recursive: true });
    await ensureSecretKey(directory);
    return 'exists';
  }
  await syncDirectory(join(directory, '..'));
  return 'created';
}

/** Tenants of an earlier version have none. Two made at one moment both open what they sealed. */
async function ensureSecretKey(directory: string): Promise<void> {
  await makeDirectory(join(directory, 'secret'));
  const names = readdirSync(join(directory, 'secret'));
  if (!names.some((name) => keyFileName.test(name))) await writeNewKey(directory, 'secret');
}

export function openTenantKeys(directory: string, tenantId: string): TenantKeys {
  const cache = new Map<string, NamedKey>();
  let signing: KeyObject | undefined;
  let documents: Buffer | undefined;

  function newestKeyId(purpose: KeyPurpose): string {
    let names: string[];
    try {
      names = readdirSync(join(directory, purpose));
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      throw new KeyringError('tenant-keys-missing', `tenant ${tenantId} has no keys`, { cause });
    }
    const ids = names.flatMap((name) => keyFileName.exec(name)?.[1] ?? []).sort();
    const newest = ids.at(-1);
    if (newest === undefined) throw new KeyringError('key-missing', `tenant ${tenantId} has no ${purpose} key`);
    return newest;
  }

  function pathOf(purpose: KeyPurpose, keyId: string): string {
    if (!keyFileName.test(`${keyId}.key`)) throw new KeyringError('key-missing', 'no key has an id of this form');
    return join(directory, purpose, `${keyId}.key`);
  }

  function load(purpose: KeyPurpose, keyId: string): NamedKey {
    const cached = cache.get(keyId);
    if (cached !== undefined) return cached;
    let text: string;
    try {
      text = readFileSync(pathOf(purpose, keyId), 'utf8');
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      throw new KeyringError('key-missing', `tenant ${tenantId} has no ${purpose} key ${keyId}`, { cause });
    }
    const named = parseKeyFile(purpose, text);
    if (named.id !== keyId) throw new KeyringError('key-unreadable', `key file ${keyId} holds another key's id`);
    cache.set(keyId, named);
    return named;
  }

  const newest = new Map<KeyPurpose, string>();
  function current(purpose: KeyPurpose): string {
    const known = newest.get(purpose) ?? newestKeyId(purpose);
    newest.set(purpose, known);
    return known;
  }

  return {
    inboxKey: (keyId) => load('inbox', keyId ?? current('inbox')),
    dataKey: (keyId) => load('data', keyId ?? current('data')),
    secrets: createSecretBox(tenantId, (keyId) => load('secret', keyId ?? current('secret'))),
    dataKeyFile: (keyId) => pathOf('data', keyId ?? current('data')),
    signingKey() {
      if (signing !== undefined) return signing;
      try {
        signing = createPrivateKey(readFileSync(join(directory, 'signing.pem')));
      } catch (cause) {
        const code = hasErrorCode(cause, 'ENOENT') ? 'tenant-keys-missing' : 'key-unreadable';
        throw new KeyringError(code, `the signing key of tenant ${tenantId} could not be read`, { cause });
      }
      return signing;
    },
    documentsKey() {
      // Derived (HKDF, RFC 5869), so that organisations of every version have one.
      documents ??= Buffer.from(
        hkdfSync('sha256', this.signingKey().export({ type: 'pkcs8', format: 'der' }), '', documentsKeyUse, 32),
      );
      return documents;
    },
    verifierKey() {
      return formatVerifierKey(`akashi.log/${tenantId}`, createPublicKey(this.signingKey()));
    },
  };
}
