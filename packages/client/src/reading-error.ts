import type { Problem } from '@akashi/contracts';

/** The API's refusal, or that no answer came. `problem` is the API's own document where there is one. */
export class ReadingError extends Error {
  /** A problem code, `unreachable`, or `unexpected-answer`. */
  readonly code: string;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly problem: Problem | null;
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    facts: { code: string; status: number; problem: Problem | null; retryAfterMs: number | null },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ReadingError';
    this.code = facts.code;
    this.status = facts.status;
    this.problem = facts.problem;
    this.retryAfterMs = facts.retryAfterMs;
  }
}
