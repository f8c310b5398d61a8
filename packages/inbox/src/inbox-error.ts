export type InboxErrorCode = 'not-a-segment' | 'invalid-id' | 'inbox-in-use' | 'inbox-closed' | 'inbox-not-writable';

/** A fault of the inbox. The message never holds record content or keys. */
export class InboxError extends Error {
  readonly code: InboxErrorCode;

  constructor(code: InboxErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InboxError';
    this.code = code;
  }
}
