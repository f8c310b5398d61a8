import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory } from '@akashi/durable-files';
import { accessKeyBytes, formatAccessKey, readAccessKeyKind } from '@akashi/policy';
import { KeyringError } from './keyring-error.ts';

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

/** The secret that the installation's own parts send the audit trail with; the first that asks makes it. */
export async function ensureSystemSenderKey(dir: string): Promise<string> {
  const path = join(dir, 'system-sender.key');
  const found = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT')) return undefined;
    throw cause;
  });
  if (found !== undefined) return check(found.trim());
  await makeDirectory(dir);
  await createFile(path, `${newSecret()}\n`);
  // Another process may have been first: its key counts.
  return check((await readFile(path, 'utf8')).trim());
}

function check(secret: string): string {
  if (readAccessKeyKind(secret) !== 'system') {
    throw new KeyringError('key-unreadable', 'system-sender.key does not hold one whole key');
  }
  return secret;
}
