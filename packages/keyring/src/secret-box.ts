import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { NamedKey } from './key-file.ts';
import { KeyringError } from './keyring-error.ts';

/** Which row of which tenant a secret belongs to: moved to another row, it opens no more. */
export interface SecretPlace {
  /** What it is for, such as `totp`. */
  purpose: string;
  /** The row's id. */
  id: string;
}

/** Small secrets of a tenant for its rows in the database: a copy of the database alone opens none of them. */
export interface SecretBox {
  seal(place: SecretPlace, secret: string): Buffer;
  /** Throws `key-missing` or `secret-unreadable`. */
  open(place: SecretPlace, sealed: Uint8Array): string;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

function associatedData(tenantId: string, { purpose, id }: SecretPlace): Buffer {
  return Buffer.from(`akashi secret v1\n${tenantId}\n${purpose}\n${id}\n`);
}

/** `version | key id length | key id | nonce | AES-256-GCM ciphertext | tag`. */
export function createSecretBox(tenantId: string, keyOf: (keyId?: string) => NamedKey): SecretBox {
  return {
    seal: (place, secret) => {
      const { id, key } = keyOf();
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(tenantId, place));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return Buffer.concat([Buffer.from([version, id.length]), Buffer.from(id, 'latin1'), nonce, sealed]);
    },
    open: (place, bytes) => {
      const sealed = Buffer.from(bytes);
      const idEnd = 2 + (sealed[1] ?? 0);
      const bodyStart = idEnd + nonceBytes;
      if (sealed[0] !== version || sealed.length < bodyStart + tagBytes) {
        throw new KeyringError('secret-unreadable', 'no sealed secret has this form');
      }
      const { key } = keyOf(sealed.toString('latin1', 2, idEnd));
      const tagStart = sealed.length - tagBytes;
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(idEnd, bodyStart))
          .setAAD(associatedData(tenantId, place))
          .setAuthTag(sealed.subarray(tagStart));
        return Buffer.concat([decipher.update(sealed.subarray(bodyStart, tagStart)), decipher.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw new KeyringError('secret-unreadable', 'the secret was not sealed for this place', { cause });
      }
    },
  };
}
