import { SearchFault } from '@akashi/search';

export function isMissingStream(error: unknown): boolean {
  return error instanceof SearchFault && error.status === 404 && error.errorType === 'index_not_found_exception';
}

/** A tenant that has sent nothing yet has no index: that is an empty answer and no fault. */
export function emptyWhenMissing<T>(empty: T): (error: unknown) => T {
  return (error) => {
    if (isMissingStream(error)) return empty;
    throw error;
  };
}
