import { ArchiveError } from '@akashi/archive';
import { isDatabaseUnavailable, isUnstorableText } from '@akashi/database';
import { LogReadError } from '@akashi/integrity';
import { KeyringError } from '@akashi/keyring';
import { OpenIdProviderError } from '@akashi/identity';
import { MailError } from '@akashi/notify';
import { SearchFault } from '@akashi/search';
import { AppError } from '@akashi/server-kit';

const retryAfterSeconds = 2;

/** The adapters' faults in the API's words. What is not known here stays unexpected. */
export function translateFault(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return undefined;
  if (thrown instanceof SearchFault) {
    if (thrown.code === 'search-refused') return new AppError('internal', { cause: thrown });
    return new AppError('search-unavailable', { cause: thrown, retryAfterSeconds });
  }
  if (thrown instanceof LogReadError) {
    return new AppError('evidence-altered', {
      cause: thrown,
      params: { object: `log/${thrown.path}` },
      reason: thrown.code,
    });
  }
  // Whatever the store says of itself, its evidence cannot be read now, and says nothing of being altered.
  if (thrown instanceof ArchiveError) return new AppError('archive-unavailable', { cause: thrown, retryAfterSeconds });
  if (thrown instanceof KeyringError) return new AppError('key-missing', { cause: thrown });
  if (thrown instanceof MailError) return new AppError('mail-unavailable', { cause: thrown });
  if (thrown instanceof OpenIdProviderError) return new AppError('provider-unavailable', { cause: thrown });
  if (isDatabaseUnavailable(thrown)) return new AppError('database-unavailable', { cause: thrown, retryAfterSeconds });
  if (isUnstorableText(thrown))
    return new AppError('request-invalid', { detail: 'a text holds a character that cannot be kept' });
  return undefined;
}
