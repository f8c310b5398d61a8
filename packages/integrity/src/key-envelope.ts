/**
 * Key files that lie encrypted under an installation key (envelope encryption), one line each:
 * `akashi-wrapped-key v1 <purpose> <key id> <installation key id> <base64 of nonce, ciphertext and tag>`.
 * AES-256-GCM with a 96-bit nonce (NIST SP 800-38D). A file opens in its own place only: purpose, owner and id are
 * associated data.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { decodeBase64 } from './base64.ts';

export interface InstallationKey {
  /** Eight hex digits that follow from the key, so that a wrong key is told from an altered file. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Where a key belongs. */
export interface KeyPlace {
  /** What it is for, such as `data`. */
  readonly purpose: string;
  /** Id of the tenant, or `-` for the installation itself. */
  readonly owner: string;
  readonly id: string;
}

export interface KeyEnvelope {
  readonly purpose: string;
  readonly id: string;
  readonly installationKeyId: string;
  readonly sealed: Buffer;
}

export type OpenedKey =
  | { readonly ok: true; readonly secret: Buffer }
  | { readonly ok: false; readonly code: 'no-envelope' | 'other-place' | 'other-installation-key' | 'altered' };

const lead = 'akashi-wrapped-key';
const installationLead = 'akashi-installation-key';
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const word = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The installation key of 32 bytes, with its id. Throws a RangeError for another length. */
export function installationKeyOf(key: Buffer): InstallationKey {
  if (key.length !== keyBytes) throw new RangeError('an installation key has 32 bytes');
  const digest = createHash('sha256').update('akashi installation key v1\n').update(key).digest('hex');
  return { id: digest.slice(0, 8), key };
}

/** `akashi-installation-key <id> <base64>` and LF. */
export function formatInstallationKey({ id, key }: InstallationKey): string {
  return `${installationLead} ${id} ${key.toString('base64')}\n`;
}

/** Reads the line, or the Base64 of the 32 bytes alone; null for anything else, also for an id of another key. */
export function parseInstallationKey(text: string): InstallationKey | null {
  const words = text.trim().split(/\s+/);
  const isLine = words[0] === installationLead;
  if (words.length !== (isLine ? 3 : 1)) return null;
  const bytes = decodeBase64(words.at(-1) ?? '');
  if (bytes?.length !== keyBytes) return null;
  const parsed = installationKeyOf(Buffer.from(bytes));
  return !isLine || words[1] === parsed.id ? parsed : null;
}

function associatedData({ purpose, owner, id }: KeyPlace): Buffer {
  return Buffer.from(`akashi wrapped key v1\n${purpose}\n${owner}\n${id}\n`, 'utf8');
}

/** `nonce` has 12 random bytes, new for each call. */
export function sealKey(
  place: KeyPlace,
  secret: Uint8Array,
  { installationKey, nonce }: { installationKey: InstallationKey; nonce: Uint8Array },
): string {
  if (!word.test(place.purpose) || !word.test(place.id) || nonce.length !== nonceBytes) {
    throw new RangeError('not a place of a key file');
  }
  const cipher = createCipheriv('aes-256-gcm', installationKey.key, nonce).setAAD(associatedData(place));
  const sealed = Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return `${lead} v1 ${place.purpose} ${place.id} ${installationKey.id} ${sealed.toString('base64')}\n`;
}

/** Reads an envelope without opening it; null when the text is none. */
export function readKeyEnvelope(text: string): KeyEnvelope | null {
  const [first, version, purpose = '', id = '', installationKeyId = '', encoded = '', ...rest] = text
    .trim()
    .split(/\s+/);
  if (first !== lead || version !== 'v1' || rest.length > 0) return null;
  const sealed = decodeBase64(encoded);
  if (!word.test(purpose) || !word.test(id) || sealed === null || sealed.length < nonceBytes + tagBytes) return null;
  return { purpose, id, installationKeyId, sealed: Buffer.from(sealed) };
}

/** Opens the key file of a place. */
export function openKey(text: string, place: KeyPlace, { id, key }: InstallationKey): OpenedKey {
  const envelope = readKeyEnvelope(text);
  if (envelope === null) return { ok: false, code: 'no-envelope' };
  if (envelope.purpose !== place.purpose || envelope.id !== place.id) return { ok: false, code: 'other-place' };
  if (envelope.installationKeyId !== id) return { ok: false, code: 'other-installation-key' };
  const { sealed } = envelope;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
      .setAAD(associatedData(place))
      .setAuthTag(sealed.subarray(sealed.length - tagBytes));
    const clear = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
    return { ok: true, secret: Buffer.concat([clear, decipher.final()]) };
  } catch {
    return { ok: false, code: 'altered' };
  }
}
