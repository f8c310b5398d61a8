export type SearchFaultCode =
  /** The server can't be reached, is overloaded or is shut: trying again later is right. */
  | 'search-unavailable'
  /** The caller's signal ended the call. */
  | 'search-aborted'
  /** The answer was longer than the caller takes: asking for fewer documents is right. */
  | 'search-answer-too-large'
  /** The server refused the request: trying again would be refused again. */
  | 'search-refused';

/** A fault of the search server. Holds the server's status and error type, never its words (they quote documents). */
export class SearchFault extends Error {
  readonly code: SearchFaultCode;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly errorType: string | undefined;

  constructor(code: SearchFaultCode, cause: { status?: number; errorType?: string } = {}) {
    super([code, cause.status, cause.errorType].filter((part) => part !== undefined).join(' '));
    this.name = 'SearchFault';
    this.code = code;
    this.retryable = code === 'search-unavailable';
    this.status = cause.status;
    this.errorType = cause.errorType;
  }
}
