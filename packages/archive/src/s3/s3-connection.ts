import { createHash } from 'node:crypto';
import { S3Client, type ServiceInputTypes, type ServiceOutputTypes } from '@aws-sdk/client-s3';
import type { BuildMiddleware } from '@smithy/types';
import type { S3Place } from './s3-url.ts';

/** Bounds of one attempt; an object is at most a few megabytes. */
const connectWithinMs = 3_000;
const answerWithinMs = 20_000;
const idleWithinMs = 10_000;
/** With the SDK's pauses in between (up to some seconds): beyond that the caller's own repetition is better. */
const attempts = 3;
const mostConnections = 32;

export interface S3Connection {
  readonly place: S3Place;
  readonly client: S3Client;
  /** What the newest answer said was the time at the store, or undefined. */
  storeTime(): Date | undefined;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

interface HttpMessage {
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/**
 * A client with the given credentials, or the usual AWS ones (environment, profile, web identity, instance role), and explicit
 * bounds.
 * Answers are not checked against stored checksums: evidence is checked against its log, and altered bytes must be
 * readable in order to be told of.
 */
export function connectToS3(place: S3Place, credentials?: S3Credentials): S3Connection {
  const client = new S3Client({
    ...(credentials === undefined ? {} : { credentials: ownCredentials(credentials) }),
    ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint }),
    ...(place.region === undefined ? {} : { region: place.region }),
    forcePathStyle: place.pathStyle,
    followRegionRedirects: place.endpoint === undefined,
    maxAttempts: attempts,
    retryMode: 'standard',
    // Every call that needs a checksum names its own: a default one on each breaks stores that do not know it.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectWithinMs,
      requestTimeout: answerWithinMs,
      throwOnRequestTimeout: true,
      socketTimeout: idleWithinMs,
      httpAgent: { keepAlive: true, maxSockets: mostConnections },
      httpsAgent: { keepAlive: true, maxSockets: mostConnections },
    },
  });
  if (place.checksum === 'md5') giveContentMd5(client);
  let seen: Date | undefined;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { date } = (result.response as HttpMessage | undefined)?.headers ?? {};
      if (date !== undefined) seen = new Date(date);
      return result;
    },
    { step: 'deserialize', name: 'akashiStoreTime', priority: 'low' },
  );
  return { place, client, storeTime: () => seen };
}

function ownCredentials({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials): S3Credentials & {
  sessionToken?: string;
} {
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** Content-MD5 in place of the newer checksum headers, for stores that know nothing else. */
function giveContentMd5(client: S3Client): void {
  const replaceChecksums: BuildMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) => {
    const { headers, body } = args.request as HttpMessage;
    const asked = Object.keys(headers).filter((name) => /^x-amz-(sdk-)?checksum-/i.test(name));
    for (const name of asked) delete headers[name];
    if (typeof body === 'string' || body instanceof Uint8Array) {
      headers['content-md5'] = createHash('md5').update(body).digest('base64');
    }
    return next(args);
  };
  // Added later at the same step with low priority: it runs when the SDK has made its headers.
  client.middlewareStack.add(replaceChecksums, { step: 'build', priority: 'low', name: 'akashiContentMd5' });
}
