/** Evidence in an S3 store is copied first, and the copy is checked: reading it is all that the store is asked for. */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { S3Client } from '@aws-sdk/client-s3';

/** The store did not give the evidence: nothing is said about it. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

export interface EvidenceCopy {
  readonly folder: string;
  remove(): void;
}

interface Place {
  readonly bucket: string;
  /** Ends in '/'. */
  readonly prefix: string;
  readonly settings: { endpoint?: string; region?: string; forcePathStyle?: boolean };
}

const downloads = 8;
/** Nothing but plain parts: a key must not lead out of the copy's folder. */
const keyForm = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;

export function isS3Place(text: string): boolean {
  return text.startsWith('s3://');
}

/**
 * Copies `s3://bucket/prefix/<tenant id>?endpoint=&region=` into a folder of its own, by the usual AWS credentials. The
 * log comes before the blocks, its newest checkpoint first: whatever that commits to is there when its turn comes, also
 * while the archive is written to.
 */
export async function copyFromS3(text: string): Promise<EvidenceCopy> {
  const place = readPlace(text);
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const client = new Client({ ...place.settings, responseChecksumValidation: 'WHEN_REQUIRED' });
  const folder = mkdtempSync(join(tmpdir(), 'akashi-verify-'));
  const copy: EvidenceCopy = { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
  try {
    const copied = new Set<string>();
    for (const part of ['log/checkpoint', 'log/', '']) await copyBelow({ client, place, folder, copied }, part);
    if (copied.size === 0) throw new CopyError(`There is nothing below ${place.prefix} in the bucket ${place.bucket}.`);
    return copy;
  } catch (cause) {
    copy.remove();
    if (cause instanceof CopyError) throw cause;
    const { name } = cause as Error;
    throw new CopyError(`The bucket ${place.bucket} did not give the evidence (${name}).`, { cause });
  } finally {
    client.destroy();
  }
}

function readPlace(text: string): Place {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const prefix = url?.pathname.replace(/^\/+|\/+$/g, '') ?? '';
  if (url === undefined || url.host === '' || prefix === '') {
    throw new CopyError("Give a tenant's own place, s3://bucket/prefix/<tenant id>?endpoint=…&region=….");
  }
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  const region = url.searchParams.get('region') ?? (endpoint === undefined ? undefined : 'us-east-1');
  const pathStyle = url.searchParams.get('pathStyle') ?? String(endpoint !== undefined);
  return {
    bucket: url.host,
    prefix: `${prefix}/`,
    settings: {
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(region === undefined ? {} : { region }),
      forcePathStyle: pathStyle === 'true',
    },
  };
}

interface Copying {
  readonly client: S3Client;
  readonly place: Place;
  readonly folder: string;
  readonly copied: Set<string>;
}

async function copyBelow({ client, place, folder, copied }: Copying, part: string): Promise<void> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: place.bucket, Prefix: `${place.prefix}${part}`, ContinuationToken: token }),
    );
    const keys = (page.Contents ?? []).map(({ Key = '' }) => Key.slice(place.prefix.length));
    const wanted = keys.filter((key) => !copied.has(key)).values();
    const copyEach = async (): Promise<void> => {
      for (const key of wanted) {
        await copyObject({ client, place, folder, copied }, key);
        copied.add(key);
      }
    };
    await Promise.all(Array.from({ length: downloads }, copyEach));
    token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

async function copyObject({ client, place, folder }: Copying, key: string): Promise<void> {
  if (!keyForm.test(key))
    throw new CopyError(`The bucket ${place.bucket} holds an object with a name of another kind.`);
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const path = join(folder, key);
  try {
    const found = await client.send(new GetObjectCommand({ Bucket: place.bucket, Key: `${place.prefix}${key}` }));
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await pipeline(found.Body as Readable, createWriteStream(path, { mode: 0o600 }));
  } catch (cause) {
    // A superseded partial tile goes while the log grows.
    if ((cause as Error).name !== 'NoSuchKey') throw cause;
  }
}
