import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { AuditSender } from '@akashi/client';
import type { TenantId } from '@akashi/database';
import { createFile } from '@akashi/durable-files';
import { makeRecoveryExport, newPassphrase, recoverKeys, type RecoveryPlace } from '@akashi/keyring';
import { StartupError } from '@akashi/server-kit';

export interface ExportParts {
  readonly keys: RecoveryPlace;
  readonly trail: Pick<AuditSender, 'record'>;
  readonly platformTenant: TenantId;
  readonly now: () => Date;
}

export interface KeyExport {
  readonly path: string;
  readonly keys: number;
  /** Opens the file, and is kept nowhere. */
  readonly passphrase: string;
}

/** Writes every key to a file on another disk, on record before the file is there. Never replaces a file. */
export async function exportRecovery(parts: ExportParts, file: string): Promise<KeyExport> {
  const { keys: place, trail, platformTenant, now } = parts;
  const path = resolve(file);
  if (!relative(dirname(resolve(place.dir)), path).startsWith('..'))
    throw new StartupError(`${path} is in AKASHI_HOME and would be lost with it. Name a file on another disk.`);
  if (!existsSync(dirname(path))) throw new StartupError(`There is no folder ${dirname(path)}.`);
  if (existsSync(path)) throw new StartupError(`${path} is there already. Name a new file.`);
  const passphrase = newPassphrase();
  const made = await makeRecoveryExport(place, passphrase);
  await trail.record({
    tenantId: platformTenant,
    actor: { kind: 'system', id: 'operator', name: 'operator' },
    origin: { address: 'worker' },
    event: {
      action: 'recovery-export.make',
      outcome: 'success',
      target: { kind: 'recovery-export', id: now().toISOString() },
      count: made.keys,
      details: {},
    },
  });
  if ((await createFile(path, made.text)) === 'exists') throw new StartupError(`${path} is there already.`);
  // Read back and opened: what counts as exported can be recovered.
  await recoverKeys(place, await readFile(path, 'utf8'), passphrase);
  await made.note(now());
  return { path, keys: made.keys, passphrase };
}
