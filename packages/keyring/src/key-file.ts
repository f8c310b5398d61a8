import { KeyringError } from './keyring-error.ts';

/** A 256-bit symmetric key with the id that stands in the objects it encrypts. */
export interface NamedKey {
  id: string;
  key: Buffer;
}

export type KeyPurpose = 'inbox' | 'data' | 'secret';

/** One line, `akashi-data-key <id> <base64>`: what `akashi-verify --data-key FILE` reads. */
export function formatKeyFile(purpose: KeyPurpose, named: NamedKey): string {
  return `akashi-${purpose}-key ${named.id} ${named.key.toString('base64')}\n`;
}

/** Reads a key file back; throws `key-unreadable` when it is not one whole key of that purpose. */
export function parseKeyFile(purpose: KeyPurpose, text: string): NamedKey {
  const [word, id, encoded, ...rest] = text.trim().split(/\s+/);
  const key = Buffer.from(encoded ?? '', 'base64');
  if (word !== `akashi-${purpose}-key` || id === undefined || key.length !== 32 || rest.length > 0) {
    throw new KeyringError('key-unreadable', `not a line "akashi-${purpose}-key <id> <base64 of 32 bytes>"`);
  }
  return { id, key };
}
