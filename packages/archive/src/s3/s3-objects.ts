import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectRetentionCommand,
  type ChecksumAlgorithm,
} from '@aws-sdk/client-s3';
import { ArchiveError, type ArchiveObject } from '../archive-store.ts';
import type { S3Connection } from './s3-connection.ts';
import { isDenied, isMissing, s3Fault, statusOf, type S3Action } from './s3-fault.ts';

export interface StoredObject {
  readonly bytes: number;
  readonly versionId: string | undefined;
  readonly keepUntil: Date | undefined;
}

export interface NewObject {
  readonly key: string;
  readonly body: Uint8Array;
  readonly keepUntil?: Date | undefined;
  readonly onlyIfAbsent: boolean;
}

/** `taken`: something stands under the key, or another writer was putting it there at that moment. */
export type WriteOutcome =
  { readonly outcome: 'written'; readonly versionId: string | undefined } | { outcome: 'taken' };

const actions = {
  write: { does: 'write an object', needs: 's3:PutObject and s3:PutObjectRetention' },
  read: { does: 'read an object', needs: 's3:GetObject' },
  hold: { does: 'hold an object until a later time', needs: 's3:PutObjectRetention' },
  remove: { does: 'remove a superseded object', needs: 's3:DeleteObject and s3:DeleteObjectVersion' },
  list: { does: 'list objects', needs: 's3:ListBucket' },
  versions: { does: 'list the versions of an object', needs: 's3:ListBucketVersions' },
} satisfies Record<string, S3Action>;

/** How often the body of an answer is asked for again when its connection breaks; the SDK repeats only up to its head. */
const bodyAttempts = 3;

/** The few calls that the archive makes, on whole keys of the bucket; faults are ArchiveErrors. */
export class S3Objects {
  readonly #connection: S3Connection;
  readonly #bucket: string;

  constructor(connection: S3Connection) {
    this.#connection = connection;
    this.#bucket = connection.place.bucket;
  }

  async write({ key, body, keepUntil, onlyIfAbsent }: NewObject): Promise<WriteOutcome> {
    const { checksum } = this.#connection.place;
    const command = new PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: body,
      ContentLength: body.length,
      ...(checksum === 'md5' ? {} : { ChecksumAlgorithm: checksum.toUpperCase() as ChecksumAlgorithm }),
      ...(onlyIfAbsent ? { IfNoneMatch: '*' } : {}),
      ...(keepUntil === undefined ? {} : { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: keepUntil }),
    });
    try {
      const { VersionId: versionId } = await this.#connection.client.send(command);
      return { outcome: 'written', versionId };
    } catch (error) {
      if (onlyIfAbsent && [409, 412].includes(statusOf(error))) return { outcome: 'taken' };
      throw this.#fault(error, actions.write);
    }
  }

  /** The object's bytes, or null; with a range those of it that the object has. */
  async read(key: string, range?: { start: number; bytes: number }): Promise<Buffer | null> {
    const asked = range === undefined ? {} : { Range: `bytes=${range.start}-${range.start + range.bytes - 1}` };
    for (let attempt = 1; ; attempt += 1) {
      let isBody = false;
      try {
        const found = await this.#connection.client.send(
          new GetObjectCommand({ Bucket: this.#bucket, Key: key, ...asked }),
        );
        isBody = true;
        const bytes = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      } catch (error) {
        if (isMissing(error)) return null;
        if (range !== undefined && statusOf(error) === 416) return Buffer.alloc(0);
        if (!isBody || attempt >= bodyAttempts) throw this.#fault(error, actions.read);
      }
    }
  }

  async find(key: string): Promise<StoredObject | null> {
    try {
      const found = await this.#connection.client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return {
        bytes: found.ContentLength ?? 0,
        versionId: found.VersionId,
        keepUntil: found.ObjectLockRetainUntilDate,
      };
    } catch (error) {
      if (isMissing(error)) return null;
      throw this.#fault(error, actions.read);
    }
  }

  async hold(key: string, until: Date): Promise<void> {
    try {
      const retention = { Mode: 'COMPLIANCE', RetainUntilDate: until } as const;
      await this.#connection.client.send(
        new PutObjectRetentionCommand({ Bucket: this.#bucket, Key: key, Retention: retention }),
      );
    } catch (error) {
      throw this.#fault(error, actions.hold);
    }
  }

  /** Removes one version for good; answers false when the store holds it, or holds it back. */
  async remove(key: string, versionId: string | undefined): Promise<boolean> {
    try {
      const version = versionId === undefined ? {} : { VersionId: versionId };
      await this.#connection.client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key, ...version }));
      return true;
    } catch (error) {
      if (isMissing(error)) return true;
      if (isDenied(error)) return false;
      throw this.#fault(error, actions.remove);
    }
  }

  /** Ids of everything that stands under a key, deletion markers too: newest first. */
  async versions(key: string): Promise<string[]> {
    const found: string[] = [];
    let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (marker !== undefined) {
      const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({
        Bucket: this.#bucket,
        Prefix: key,
        ...marker,
      });
      const page = await this.#connection.client.send(command).catch((error: unknown) => {
        throw this.#fault(error, actions.versions);
      });
      const listed = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
      // Longer keys that begin in the same way come behind all of this one.
      const own = listed.filter(({ Key }) => Key === key);
      found.push(...own.flatMap(({ VersionId }) => VersionId ?? []));
      const { IsTruncated, NextKeyMarker, NextVersionIdMarker } = page;
      const goesOn = IsTruncated === true && NextKeyMarker === key;
      marker = goesOn
        ? { KeyMarker: key, ...(NextVersionIdMarker && { VersionIdMarker: NextVersionIdMarker }) }
        : undefined;
    }
    return found;
  }

  /** Every object below `prefix` behind the key `after`, a thousand a page. Throws where a store lists out of order. */
  async *list(prefix: string, after?: string): AsyncGenerator<ArchiveObject> {
    let token: string | undefined;
    let last = '';
    do {
      const page = await this.#connection.client
        .send(
          new ListObjectsV2Command({
            Bucket: this.#bucket,
            Prefix: prefix,
            ...(token === undefined ? {} : { ContinuationToken: token }),
            ...(after === undefined || token !== undefined ? {} : { StartAfter: after }),
          }),
        )
        .catch((error: unknown) => {
          throw this.#fault(error, actions.list);
        });
      for (const { Key: key = '', Size: bytes = 0 } of page.Contents ?? []) {
        if (key <= last) throw new ArchiveError('archive-refused', 'The store does not list objects in key order.');
        last = key;
        yield { key, bytes };
      }
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  #fault(error: unknown, action: S3Action): ArchiveError {
    return s3Fault(error, action, this.#connection.place);
  }
}
