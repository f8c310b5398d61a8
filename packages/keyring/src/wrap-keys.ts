import { createPrivateKey, createPublicKey, hkdfSync } from 'node:crypto';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory, replaceFile, syncDirectory } from '@akashi/durable-files';
import { readKeyEnvelope, type KeyPlace } from '@akashi/integrity';
import { isTenantId } from '@akashi/policy';
import { parseKeyFile, readKeyFile, type SymmetricPurpose } from './key-file.ts';
import type { KeyVault } from './key-vault.ts';
import { KeyringError } from './keyring-error.ts';
import { formerSigningName } from './tenant-keys.ts';

export interface WrapParts {
  readonly dir: string;
  readonly vault: KeyVault;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

/** Key files of the installation itself, with the place that each opens in. */
export const installationFiles = {
  'system-sender.key': { purpose: 'system-sender', owner: '-', id: 'system-sender' },
  'ca.key.pem': { purpose: 'tls', owner: '-', id: 'ca' },
  'server.pem': { purpose: 'tls', owner: '-', id: 'server' },
} as const satisfies Record<string, KeyPlace>;

const formerPurposes = ['inbox', 'data', 'secret'] as const satisfies readonly SymmetricPurpose[];

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT')) return undefined;
    throw cause;
  });
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT')) return [];
    throw cause;
  });
}

/**
 * Encrypts what an earlier release left in clear. Each file is replaced whole, so that a crash leaves the old one or the new
 * one; doing it again does the rest, and several processes may do it at the same moment.
 */
export async function wrapKeysInClear(parts: WrapParts): Promise<void> {
  const { dir } = parts;
  for (const tenantId of (await namesIn(join(dir, 'tenants'))).filter(isTenantId)) {
    const directory = join(dir, 'tenants', tenantId);
    await keepReceiptsKey(parts, { directory, tenantId });
    for (const purpose of formerPurposes) {
      for (const name of await namesIn(join(directory, purpose))) {
        if (!name.endsWith('.key')) continue;
        const place = { purpose, owner: tenantId, id: name.slice(0, -'.key'.length) };
        await wrapFile(parts, join(directory, purpose, name), {
          place,
          secretOf: (text) => symmetricSecret(place, text),
        });
      }
    }
    await moveSigningKey(parts, { directory, tenantId });
  }
  for (const [name, place] of Object.entries(installationFiles)) {
    await wrapFile(parts, join(dir, name), { place, secretOf: (text) => Buffer.from(text, 'utf8') });
  }
}

function symmetricSecret({ purpose, id }: KeyPlace, text: string): Buffer {
  const named = parseKeyFile(purpose as SymmetricPurpose, text);
  if (named.id !== id) throw new KeyringError('key-unreadable', `key file ${id} holds another key's id`);
  return named.key;
}

async function wrapFile(
  { vault, onStep }: WrapParts,
  path: string,
  { place, secretOf }: { place: KeyPlace; secretOf: (text: string) => Buffer },
): Promise<void> {
  const text = await readIfThere(path);
  if (text === undefined || readKeyEnvelope(text) !== null) return;
  onStep('keys-before-wrap');
  await replaceFile(path, vault.seal(place, secretOf(text)));
  onStep('keys-after-wrap');
}

interface TenantPlace {
  readonly directory: string;
  readonly tenantId: string;
}

/** Receipts were authenticated with a key that came from the inbox key: it stays when that one goes. */
async function keepReceiptsKey({ vault, onStep }: WrapParts, { directory, tenantId }: TenantPlace): Promise<void> {
  const folder = join(directory, 'receipts');
  if ((await namesIn(folder)).some((name) => name.endsWith('.key'))) return;
  const first = (await namesIn(join(directory, 'inbox')))
    .filter((name) => name.endsWith('.key'))
    .sort()
    .at(-1);
  const text = first === undefined ? undefined : await readIfThere(join(directory, 'inbox', first));
  if (first === undefined || text === undefined) return;
  const inbox = { purpose: 'inbox', owner: tenantId, id: first.slice(0, -'.key'.length) };
  const isClear = readKeyEnvelope(text) === null;
  const inboxKey = isClear ? symmetricSecret(inbox, text) : readKeyFile(vault, inbox, text);
  const derived = Buffer.from(hkdfSync('sha256', inboxKey, tenantId, 'akashi inbox receipts v1', 32));
  const place = { purpose: 'receipts', owner: tenantId, id: 'receipts-0001-former' };
  onStep('keys-before-wrap');
  await makeDirectory(folder);
  await createFile(join(folder, `${place.id}.key`), vault.seal(place, derived));
}

/** The id follows from the key, so that two processes of one moment make one file. */
async function moveSigningKey({ vault, onStep }: WrapParts, { directory, tenantId }: TenantPlace): Promise<void> {
  const path = join(directory, formerSigningName);
  const pem = await readIfThere(path);
  if (pem === undefined) return;
  const key = createPrivateKey(pem);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const place = { purpose: 'signing', owner: tenantId, id: `signing-0001-${publicKey.subarray(-4).toString('hex')}` };
  await makeDirectory(join(directory, 'signing'));
  onStep('keys-before-wrap');
  const secret = key.export({ type: 'pkcs8', format: 'der' });
  await createFile(join(directory, 'signing', `${place.id}.key`), vault.seal(place, secret));
  onStep('keys-after-wrap');
  await unlink(path).catch((cause: unknown) => {
    if (!hasErrorCode(cause, 'ENOENT')) throw cause;
  });
  await syncDirectory(directory);
}
