export type KeyringErrorCode =
  | 'installation-key-exposed'
  | 'installation-key-missing'
  | 'installation-key-unreadable'
  | 'installation-key-wrong'
  | 'invalid-tenant-id'
  | 'invalid-name'
  | 'tenant-keys-missing'
  | 'key-missing'
  | 'key-unreadable'
  | 'recovery-unreadable'
  | 'secret-unreadable';

/** A fault of the key store. The message names the key by its id; it never holds key material. */
export class KeyringError extends Error {
  readonly code: KeyringErrorCode;
  /** Whether the message is a sentence that tells the operator what to do. */
  readonly forOperator: boolean;

  constructor(code: KeyringErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'KeyringError';
    this.code = code;
    this.forOperator = code.startsWith('installation-key-') || code.startsWith('recovery-');
  }
}
