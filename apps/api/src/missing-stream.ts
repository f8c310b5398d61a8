import { SearchFault } from '@akashi/search';

export function isMissingStream(error: unknown): boolean {
  return error instanceof SearchFault && error.status === 404 && error.errorType === 'index_not_found_exception';
}
