export type KeyringErrorCode =
  'invalid-tenant-id' | 'invalid-name' | 'tenant-keys-missing' | 'key-missing' | 'key-unreadable' | 'secret-unreadable';

/** A fault of the key store. The message names the key by its id; it never holds key material. */
export class KeyringError extends Error {
  readonly code: KeyringErrorCode;

  constructor(code: KeyringErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyringError';
    this.code = code;
  }
}
