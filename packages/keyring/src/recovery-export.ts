import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory, replaceFile } from '@akashi/durable-files';
import { formatInstallationKey, parseInstallationKey } from '@akashi/integrity';
import { isTenantId } from '@akashi/policy';
import { processEnvironment } from './env.ts';
import { defaultInstallationKeyPath, readInstallationKey, type Environment } from './installation-key.ts';
import { shreddedName } from './key-folder.ts';
import { KeyringError } from './keyring-error.ts';

const lead = 'akashi-recovery-export v1';
const noteName = 'recovery-export.json';
/** 64 MiB and a second or so for each guess. OWASP Password Storage Cheat Sheet: N = 2^16 with r = 8 asks for p = 2. */
const cost = { N: 2 ** 16, r: 8, p: 2, maxmem: 128 * 2 ** 20 };
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
/** What nobody could do without. Inbox keys live for days, and clients' certificates are issued again. */
const tenantPurposes = ['data', 'signing', 'secret', 'receipts'];
const installationFiles = ['installation-key.check', 'ca.pem', 'ca.key.pem', 'system-sender.key'];
const ownPath = /^(?:[a-z.-]+|tenants\/[0-9a-f-]{36}\/(?:data|signing|secret|receipts)\/[a-z0-9-]{1,64}\.key)$/;

export interface RecoveryPlace {
  readonly dir: string;
  /** Says where the installation key is; the process's own without it. */
  readonly environment?: Environment;
}

export interface RecoveryExport {
  readonly text: string;
  /** Key files of organisations that are in it. */
  readonly keys: number;
  /** Call this once the text is stored durably: from then on these keys count as exported. */
  note(at: Date): Promise<void>;
}

/**
 * Every key that evidence and configuration need, and the installation key, in one text that only the passphrase opens:
 * scrypt (RFC 7914) and AES-256-GCM.
 */
export async function makeRecoveryExport(place: RecoveryPlace, passphrase: string): Promise<RecoveryExport> {
  const { dir, environment = processEnvironment() } = place;
  const installationKey = readInstallationKey(dir, environment);
  if (installationKey === null)
    throw new KeyringError('installation-key-missing', `There are no keys below ${dir} yet: start Akashi once.`);
  const names = await keyFiles(dir);
  const paths = [...names, ...installationFiles];
  const files: Record<string, string> = {};
  for (const path of paths) {
    const text = await readIfThere(join(dir, path));
    if (text !== null) files[path] = text;
  }
  const content = JSON.stringify({ installationKey: formatInstallationKey(installationKey), files });
  return {
    text: await seal(content, passphrase),
    keys: names.length,
    note: async (at) => replaceFile(join(dir, noteName), `${JSON.stringify({ at: at.toISOString(), keys: names })}\n`),
  };
}

/** How many keys of organisations are in no export, by what the last one noted. */
export async function keysWithoutExport(dir: string): Promise<number> {
  const noted = new Set((await readRecoveryNote(dir))?.keys);
  return (await keyFiles(dir)).filter((name) => !noted.has(name)).length;
}

export interface Recovered {
  readonly restored: number;
  /** Files that were there already: they stay as they are. */
  readonly kept: number;
}

/**
 * Puts back what is missing; what is there is never touched. Throws `recovery-unreadable` for another passphrase or an altered
 * text, and `installation-key-wrong` where the keys lie under another installation key; nothing was changed then.
 */
export async function recoverKeys(place: RecoveryPlace, text: string, passphrase: string): Promise<Recovered> {
  const { dir, environment = processEnvironment() } = place;
  const { installationKey, files } = readContent(await open(text, passphrase));
  const wanted = parseInstallationKey(installationKey);
  await makeDirectory(dir);
  const present = readInstallationKey(dir, environment);
  if (wanted === null || Object.keys(files).some((path) => !ownPath.test(path))) throw unreadable();
  if (present !== null && present.id !== wanted.id) {
    const sentence = `The keys below ${dir} lie under the installation key ${present.id}, those of the export under ${wanted.id}. Nothing was changed.`;
    throw new KeyringError('installation-key-wrong', sentence);
  }
  if (present === null) await createFile(defaultInstallationKeyPath(dir), installationKey);
  let restored = 0;
  for (const [path, content] of Object.entries(files)) {
    if (await isDestroyed(dir, path)) continue;
    await makeDirectory(dirname(join(dir, path)));
    if ((await createFile(join(dir, path), content)) === 'created') restored += 1;
  }
  return { restored, kept: Object.keys(files).length - restored };
}

/** A key of an organisation whose content keys were destroyed on purpose: an export made before does not bring it back. */
async function isDestroyed(dir: string, path: string): Promise<boolean> {
  const [, tenant = ''] = /^tenants\/([0-9a-f-]{36})\/data\//.exec(path) ?? [];
  return tenant !== '' && (await readIfThere(join(dir, 'tenants', tenant, shreddedName))) !== null;
}

export interface RecoveryNote {
  /** When the last export was stored. */
  readonly at: Date;
  /** Key files that are in it, as paths below the folder of keys. */
  readonly keys: readonly string[];
  /** Who said when that it lies elsewhere, with its passphrase; null while nobody did. */
  readonly confirmed: { readonly at: Date; readonly by: string } | null;
}

/** What the last stored export noted; null when there is none. It holds names of keys, and no key. */
export async function readRecoveryNote(dir: string): Promise<RecoveryNote | null> {
  const text = await readIfThere(join(dir, noteName));
  if (text === null) return null;
  const { at, keys, confirmed } = JSON.parse(text) as StoredNote;
  return {
    at: new Date(at),
    keys,
    confirmed: confirmed === undefined ? null : { at: new Date(confirmed.at), by: confirmed.by },
  };
}

interface StoredNote {
  readonly at: string;
  readonly keys: readonly string[];
  readonly confirmed?: { readonly at: string; readonly by: string };
}

/** Notes that somebody has the export of that time elsewhere; false when the last one is another. */
export async function confirmRecoveryExport(
  dir: string,
  at: Date,
  confirmed: { readonly at: Date; readonly by: string },
): Promise<boolean> {
  const noted = await readRecoveryNote(dir);
  if (noted === null || noted.at.getTime() !== at.getTime()) return false;
  const stored: StoredNote = {
    at: noted.at.toISOString(),
    keys: noted.keys,
    confirmed: { at: confirmed.at.toISOString(), by: confirmed.by },
  };
  await replaceFile(join(dir, noteName), `${JSON.stringify(stored)}\n`);
  return true;
}

/** 160 random bits in groups that can be read out and written down. */
export function newPassphrase(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const picked = [...randomBytes(32)].map((byte) => letters[byte % letters.length] ?? '');
  return (picked.join('').match(/.{4}/g) ?? []).join('-');
}

async function keyFiles(dir: string): Promise<string[]> {
  const tenants = (await namesIn(join(dir, 'tenants'))).filter(isTenantId);
  const found: string[] = [];
  for (const tenant of tenants) {
    for (const purpose of tenantPurposes) {
      const names = await namesIn(join(dir, 'tenants', tenant, purpose));
      found.push(
        ...names.filter((name) => name.endsWith('.key')).map((name) => `tenants/${tenant}/${purpose}/${name}`),
      );
    }
  }
  return found.sort();
}

function derive(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC').trim(), salt, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

async function seal(content: string, passphrase: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt), nonce);
  cipher.setAAD(Buffer.from(lead));
  const sealed = Buffer.concat([salt, nonce, cipher.update(content, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${lead}\n${(sealed.toString('base64').match(/.{1,76}/g) ?? []).join('\n')}\n`;
}

async function open(text: string, passphrase: string): Promise<string> {
  const [first, ...lines] = text.trim().split(/\r?\n/);
  const bytes = Buffer.from(lines.join(''), 'base64');
  if (first !== lead || bytes.length < saltBytes + nonceBytes + tagBytes) throw unreadable();
  const nonce = bytes.subarray(saltBytes, saltBytes + nonceBytes);
  const key = await derive(passphrase, bytes.subarray(0, saltBytes));
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(lead));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const content = bytes.subarray(saltBytes + nonceBytes, -tagBytes);
    return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
  } catch {
    throw unreadable();
  }
}

function readContent(json: string): { installationKey: string; files: Record<string, string> } {
  return JSON.parse(json) as { installationKey: string; files: Record<string, string> };
}

function unreadable(): KeyringError {
  return new KeyringError(
    'recovery-unreadable',
    'This is no recovery export, it was altered, or the passphrase is another one. Nothing was changed.',
  );
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT')) return null;
    throw cause;
  });
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((cause: unknown) => {
    if (hasErrorCode(cause, 'ENOENT')) return [];
    throw cause;
  });
}
