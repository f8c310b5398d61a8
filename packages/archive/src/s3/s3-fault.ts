import { ArchiveError } from '../archive-store.ts';
import type { S3Place } from './s3-url.ts';

/** What was asked of the store, for the sentence that somebody reads when it is refused. */
export interface S3Action {
  /** As in `write an object`. */
  readonly does: string;
  /** The permissions that it needs, by AWS's names. */
  readonly needs: string;
}

interface ServiceError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const unknownCredentials = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'InvalidClientTokenId',
  'TokenRefreshRequired',
  'CredentialsProviderError',
  // versitygw, with the status 404.
  'XAdminUserNotFound',
]);

export function statusOf(error: unknown): number {
  return (error as ServiceError).$metadata?.httpStatusCode ?? 0;
}

/** By name and not by status: stores answer 404 to other things too, and evidence is not missing because of them. */
export function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound', 'NoSuchVersion'].includes((error as ServiceError).name ?? '');
}

export function isDenied(error: unknown): boolean {
  const { name } = error as ServiceError;
  return name === 'AccessDenied' || name === 'AllAccessDisabled' || statusOf(error) === 403;
}

/** A fault of the store as a coded error with a sentence: what cannot be done, and what to do about it. */
export function s3Fault(error: unknown, { does, needs }: S3Action, place: S3Place): ArchiveError {
  if (error instanceof ArchiveError) return error;
  const { name = '', code, message = '' } = error as ServiceError;
  const status = statusOf(error);
  const where = `the bucket ${place.bucket}`;
  const because = { cause: error };
  if (name === 'NoSuchBucket') {
    const sentence = `There is no bucket ${place.bucket} at ${place.endpoint ?? 'AWS'}. Make it, with Object Lock, or correct ARCHIVE_URL.`;
    return new ArchiveError('archive-bucket-missing', sentence, because);
  }
  if (unknownCredentials.has(name)) {
    const sentence = `The store of ${where} does not take the credentials (${name}). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile.`;
    return new ArchiveError('archive-permission-missing', sentence, because);
  }
  if (name === 'RequestTimeTooSkewed' || name === 'RequestExpired') {
    const sentence = `The clocks of this machine and of the store of ${where} are too far apart. Synchronize this machine's clock.`;
    return new ArchiveError('archive-clock-skew', sentence, because);
  }
  if (isObjectLockMissing(name, message)) return objectLockMissing(place, error);
  if (isDenied(error)) {
    const sentence = `The credentials may not ${does} in ${where}. Allow them ${needs}.`;
    return new ArchiveError('archive-permission-missing', sentence, because);
  }
  if (/region/i.test(message) && status === 0) {
    const sentence = `No region is known for ${where}. Add region= to ARCHIVE_URL or set AWS_REGION.`;
    return new ArchiveError('unsupported-url', sentence, because);
  }
  if (status === 0 || status >= 500 || status === 429 || status === 408) {
    const sentence = `The store of ${where} does not answer as it should (${code ?? (name || 'no answer')}).`;
    return new ArchiveError('archive-unavailable', sentence, because);
  }
  return new ArchiveError('archive-refused', `The store of ${where} refuses to ${does} (${name || status}).`, because);
}

function isObjectLockMissing(name: string, message: string): boolean {
  if (name === 'ObjectLockConfigurationNotFoundError' || name === 'InvalidBucketObjectLockConfiguration') return true;
  return name === 'InvalidRequest' && /object ?lock/i.test(message);
}

export function objectLockMissing(place: S3Place, cause?: unknown): ArchiveError {
  return new ArchiveError(
    'archive-object-lock-missing',
    `The bucket ${place.bucket} has no Object Lock, so evidence in it could be overwritten or removed. Turn Object Lock on for it, or make a bucket that has it.`,
    { cause },
  );
}
