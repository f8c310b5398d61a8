/**
 * Data keys as an auditor or an operator has them. An export: one line `akashi-data-key <id> <base64 of 32 bytes>` for each
 * key; empty lines and # lines are skipped. Or, on the machine of the installation, one of its own key files, which lies
 * encrypted under the installation key: then all data keys beside it are meant.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openKey, parseInstallationKey, readKeyEnvelope, type InstallationKey } from '@akashi/integrity';

export type ReadDataKeys =
  { ok: true; keys: Map<string, Buffer> } | { ok: false; code: 'unreadable' | 'malformed' | 'locked' | 'exposed' };

/** Reads the keys of a tenant; `locked` when the file is the installation's and its installation key is not beside it. */
export function readDataKeys(file: string, tenantId: string): ReadDataKeys {
  const text = readText(file);
  if (text === null) return { ok: false, code: 'unreadable' };
  if (readKeyEnvelope(text) !== null) return openStore(file, tenantId);
  const keys = parseDataKeys(text);
  return keys === null ? { ok: false, code: 'malformed' } : { ok: true, keys };
}

function parseDataKeys(text: string): Map<string, Buffer> | null {
  const keys = new Map<string, Buffer>();
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [word, id = '', encoded = '', ...rest] = trimmed.split(/\s+/);
    const key = Buffer.from(encoded, 'base64');
    if (word !== 'akashi-data-key' || id === '' || key.length !== 32 || rest.length > 0) return null;
    keys.set(id, key);
  }
  return keys.size === 0 ? null : keys;
}

function openStore(file: string, tenantId: string): ReadDataKeys {
  const folder = dirname(resolve(file));
  const installationKey = findInstallationKey(folder);
  if (installationKey === null) return { ok: false, code: 'locked' };
  if (installationKey === 'exposed') return { ok: false, code: 'exposed' };
  const keys = new Map<string, Buffer>();
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.key')) continue;
    const place = { purpose: 'data', owner: tenantId, id: name.slice(0, -'.key'.length) };
    const opened = openKey(readText(join(folder, name)) ?? '', place, installationKey);
    if (!opened.ok) return { ok: false, code: opened.code === 'other-installation-key' ? 'locked' : 'malformed' };
    keys.set(place.id, opened.secret);
  }
  return keys.size === 0 ? { ok: false, code: 'malformed' } : { ok: true, keys };
}

/** `keys/installation.key`, from `keys/tenants/<tenant>/data`. */
function findInstallationKey(folder: string): InstallationKey | 'exposed' | null {
  const path = join(folder, '..', '..', '..', 'installation.key');
  const text = readText(path);
  if (text === null) return null;
  return (statSync(path).mode & 0o077) === 0 ? parseInstallationKey(text) : 'exposed';
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
