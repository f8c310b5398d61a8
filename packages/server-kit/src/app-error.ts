import { errorKinds, type ErrorCode, type ErrorKind } from './error-codes.ts';

/** What may be shown to the caller. Never log content, keys, card data or the text of another program's error. */
export interface ErrorDetails {
  detail?: string | undefined;
  /** Values for a translated message, such as the limit that was passed. */
  params?: Readonly<Record<string, string | number>> | undefined;
  /** Where in the input, counted in characters or records as the code's documentation says. */
  position?: number | undefined;
  length?: number | undefined;
  /** A finer code below the error's own, such as the query parser's. */
  reason?: string | undefined;
  suggestion?: string | undefined;
  /** Answered as `Retry-After`. */
  retryAfterSeconds?: number | undefined;
}

/** A fault or a refusal with a code of the closed list. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails & { cause?: unknown } = {}) {
    const { cause, ...shown } = details;
    super(shown.detail ?? errorKinds[code].title.en, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = shown;
  }

  get kind(): ErrorKind {
    return errorKinds[this.code];
  }

  get status(): number {
    return this.kind.status;
  }

  get retryable(): boolean {
    return this.kind.retryable;
  }
}

/** Any thrown thing as an AppError; what is not one becomes `internal` with itself as the cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
