import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory } from '@akashi/durable-files';
import { accessKeyBytes, formatAccessKey, readAccessKeyKind } from '@akashi/policy';
import type { KeyVault } from './key-vault.ts';
import { KeyringError } from './keyring-error.ts';
import { installationFiles } from './wrap-keys.ts';

function newSecret(): string {
  for (;;) {
    // A few draws in a million hold too few usable bytes.
    try {
      return formatAccessKey('system', randomBytes(accessKeyBytes));
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
    }
  }
}

const name = 'system-sender.key';
const place = installationFiles[name];

/** The secret that the installation's own parts send the audit trail with; the first that asks makes it. */
export async function ensureSystemSenderKey({ dir, vault }: { dir: string; vault: KeyVault }): Promise<string> {
  const path = join(dir, name);
  const read = async (): Promise<string> => {
    const text = await readFile(path, 'utf8');
    return check((vault.open(place, text)?.toString('utf8') ?? text).trim());
  };
  try {
    return await read();
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT')) throw cause;
  }
  await makeDirectory(dir);
  await createFile(path, vault.seal(place, Buffer.from(`${newSecret()}\n`, 'utf8')));
  // Another process may have been first: its key counts.
  return read();
}

function check(secret: string): string {
  if (readAccessKeyKind(secret) !== 'system') {
    throw new KeyringError('key-unreadable', 'system-sender.key does not hold one whole key');
  }
  return secret;
}
