import type { KeyPlace } from '@akashi/integrity';
import type { KeyVault } from './key-vault.ts';
import { KeyringError } from './keyring-error.ts';

/** A 256-bit symmetric key with the id that stands in the objects it encrypts. */
export interface NamedKey {
  id: string;
  key: Buffer;
}

/** 32 bytes each; `receipts` is a key of message authentication. */
export type SymmetricPurpose = 'inbox' | 'data' | 'secret' | 'receipts';
/** `signing` is an Ed25519 private key (PKCS #8, DER). */
export type KeyPurpose = SymmetricPurpose | 'signing';

/** One line, `akashi-data-key <id> <base64>`: what `akashi-verify --data-key FILE` reads, and how an earlier release kept keys. */
export function formatKeyFile(purpose: SymmetricPurpose, named: NamedKey): string {
  return `akashi-${purpose}-key ${named.id} ${named.key.toString('base64')}\n`;
}

/** Reads a key file back; throws `key-unreadable` when it is not one whole key of that purpose. */
export function parseKeyFile(purpose: SymmetricPurpose, text: string): NamedKey {
  const [word, id, encoded, ...rest] = text.trim().split(/\s+/);
  const key = Buffer.from(encoded ?? '', 'base64');
  if (word !== `akashi-${purpose}-key` || id === undefined || key.length !== 32 || rest.length > 0) {
    throw new KeyringError('key-unreadable', `not a line "akashi-${purpose}-key <id> <base64 of 32 bytes>"`);
  }
  return { id, key };
}

/** The secret in a key file, whether it lies under the installation key or is of an earlier release. */
export function readKeyFile(vault: Pick<KeyVault, 'open'>, place: KeyPlace, text: string): Buffer {
  const opened = vault.open(place, text);
  if (opened !== null) return opened;
  const named = parseKeyFile(place.purpose as SymmetricPurpose, text);
  if (named.id !== place.id) throw new KeyringError('key-unreadable', `key file ${place.id} holds another key's id`);
  return named.key;
}
