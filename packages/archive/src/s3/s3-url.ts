import { ArchiveError } from '../archive-store.ts';
import { checkKey } from '../archive-key.ts';

const checksums = ['sha256', 'crc32', 'crc32c', 'md5'] as const;

/** What a store is given to check an upload by; `md5` is the Content-MD5 header that older stores know alone. */
export type S3Checksum = (typeof checksums)[number];

/** Where evidence lies in an S3 store. */
export interface S3Place {
  readonly bucket: string;
  /** '' or plain parts that end in '/'. */
  readonly prefix: string;
  /** Undefined: AWS, by region. */
  readonly endpoint: string | undefined;
  /** Undefined: as the AWS environment says. */
  readonly region: string | undefined;
  readonly checksum: S3Checksum;
  /** `endpoint/bucket/key` rather than `bucket.endpoint/key`. */
  readonly pathStyle: boolean;
}

const bucketForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const known = new Set(['endpoint', 'region', 'checksum', 'pathStyle']);

function refuse(sentence: string): never {
  throw new ArchiveError('unsupported-url', sentence);
}

/**
 * Reads `s3://bucket/prefix?endpoint=&region=&checksum=&pathStyle=`. Throws an ArchiveError that names what is wrong and
 * never quotes the URL: somebody may have put credentials there.
 */
export function readS3Url(text: string): S3Place {
  if (!URL.canParse(text)) refuse('The archive URL cannot be read; it is s3://bucket/prefix?endpoint=…&region=….');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    refuse('The archive URL holds credentials; they belong into the environment (AWS_ACCESS_KEY_ID and the like).');
  }
  const bucket = url.host;
  if (!bucketForm.test(bucket)) {
    refuse('The archive URL names no bucket: 3 to 63 lower-case letters, digits, dots and hyphens.');
  }
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  if (prefix !== '') checkKey(prefix);
  for (const name of url.searchParams.keys()) {
    if (!known.has(name)) refuse(`The archive URL has an unknown setting; known are ${[...known].join(', ')}.`);
  }
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !isWebAddress(endpoint)) {
    refuse('The endpoint in the archive URL must begin with https:// or http://.');
  }
  const checksum = checksums.find((each) => each === (url.searchParams.get('checksum') ?? 'sha256'));
  if (checksum === undefined) refuse(`The checksum in the archive URL must be one of ${checksums.join(', ')}.`);
  const pathStyle = url.searchParams.get('pathStyle') ?? String(endpoint !== undefined);
  if (pathStyle !== 'true' && pathStyle !== 'false') refuse('pathStyle in the archive URL must be true or false.');
  return {
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    endpoint,
    // Stores beside AWS ask for a region in the signature and mostly take any.
    region: url.searchParams.get('region') ?? (endpoint === undefined ? undefined : 'us-east-1'),
    checksum,
    pathStyle: pathStyle === 'true',
  };
}

/** The URL of a place in the same store, below another prefix. */
export function s3UrlOf({ bucket, endpoint, region, pathStyle }: S3Place, key: string): string {
  const url = new URL(`s3://${bucket}/${key}`);
  if (endpoint !== undefined) url.searchParams.set('endpoint', endpoint);
  if (region !== undefined) url.searchParams.set('region', region);
  url.searchParams.set('pathStyle', String(pathStyle));
  return url.href;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
