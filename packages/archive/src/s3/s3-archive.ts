import {
  checkDisposable,
  checkKey,
  checkpointKey,
  checkPrefix,
  checkReplaced,
  checkSuperseded,
  checkTenantId,
  notReplaced,
} from '../archive-key.ts';
import {
  ArchiveError,
  type Archive,
  type ArchiveClock,
  type ArchiveStep,
  type PutOptions,
  type PutOutcome,
  type RemoveOutcome,
  type TenantArchive,
} from '../archive-store.ts';
import { upToSecond } from '../up-to-second.ts';
import { connectToS3, type S3Credentials } from './s3-connection.ts';
import { S3Objects } from './s3-objects.ts';
import { S3Probe } from './s3-probe.ts';
import { s3UrlOf, type S3Place } from './s3-url.ts';

export interface S3ArchiveSettings {
  readonly place: S3Place;
  readonly credentials?: S3Credentials | undefined;
  readonly clock: ArchiveClock;
  readonly onStep: (step: ArchiveStep) => void;
}

/** Between finding a key taken and reading what stands there, another writer may be in the middle of its put. */
const putAttempts = 5;

/**
 * An archive in a bucket with Object Lock. Evidence that must stay is written in COMPLIANCE mode, and under a key only
 * once (`If-None-Match: *`). What may be removed or replaced (partial tiles, the pointer to the newest checkpoint) is
 * removed by its version: a plain deletion would leave every version behind.
 */
export function openS3Archive({ place, credentials, clock, onStep }: S3ArchiveSettings): Archive {
  const connection = connectToS3(place, credentials);
  const objects = new S3Objects(connection);
  const probe = new S3Probe({ connection, objects, clock });
  /** The version of each tenant's checkpoint that this process wrote last, to be removed when it is replaced. */
  const newest = new Map<string, string | undefined>();
  return {
    folder: undefined,
    placeOf: (tenantId) => s3UrlOf(place, `${place.prefix}${checkTenantId(tenantId)}`),
    forTenant(tenantId) {
      const prefix = `${place.prefix}${checkTenantId(tenantId)}/`;
      const tenant = new S3TenantArchive({ objects, prefix, clock, onStep });
      return {
        putOnce: (key, bytes, options) => tenant.putOnce(key, bytes, options),
        putStreamOnce: async (key, chunks, options) => {
          const outcome = await tenant.putOnce(key, Buffer.concat(await Array.fromAsync(chunks)), options);
          return outcome === 'created' ? 'created' : 'exists';
        },
        get: (key) => tenant.get(key),
        readRange: (key, range) => tenant.readRange(key, range),
        facts: (key) => tenant.facts(key),
        keepLonger: (key, until) => tenant.keepLonger(key, until),
        heldUntil: (key) => tenant.heldUntil(key),
        removeKept: (key) => tenant.removeKept(key),
        removeReplaced: (key, replacement) => tenant.removeReplaced(key, replacement),
        list: (listed, options) => tenant.list(listed, options),
        removePartialTile: (key, supersededBy) => tenant.removePartialTile(key, supersededBy),
        async replaceCheckpoint(bytes) {
          const key = `${prefix}${checkpointKey}`;
          const written = await objects.write({ key, body: bytes, onlyIfAbsent: false });
          const before = newest.get(tenantId);
          if (written.outcome === 'written') newest.set(tenantId, written.versionId);
          // Its content stands under its size where it must; whether this one goes is nobody's business but the bill's.
          if (before !== undefined) await objects.remove(key, before).catch(() => false);
        },
      };
    },
    probe: () => probe.run(),
    close: () => {
      connection.client.destroy();
      return Promise.resolve();
    },
  };
}

interface S3TenantSettings {
  readonly objects: S3Objects;
  /** Of every key in the bucket, ends in '/'. */
  readonly prefix: string;
  readonly clock: ArchiveClock;
  readonly onStep: (step: ArchiveStep) => void;
}

class S3TenantArchive implements Omit<TenantArchive, 'replaceCheckpoint' | 'putStreamOnce'> {
  readonly #objects: S3Objects;
  readonly #prefix: string;
  readonly #clock: ArchiveClock;
  readonly #onStep: (step: ArchiveStep) => void;

  constructor({ objects, prefix, clock, onStep }: S3TenantSettings) {
    this.#objects = objects;
    this.#prefix = prefix;
    this.#clock = clock;
    this.#onStep = onStep;
  }

  async putOnce(key: string, body: Buffer, { keepUntil }: PutOptions = {}): Promise<PutOutcome> {
    const until = keepUntil === undefined ? undefined : upToSecond(keepUntil);
    const place = this.#keyOf(key);
    for (let attempt = 0; attempt < putAttempts; attempt += 1) {
      this.#onStep('archive-before-write');
      const { outcome } = await this.#objects.write({ key: place, body, keepUntil: until, onlyIfAbsent: true });
      if (outcome === 'written') {
        this.#onStep('archive-after-write');
        return 'created';
      }
      const existing = await this.#objects.read(place);
      if (existing === null) continue;
      if (!existing.equals(body)) return 'exists-other';
      if (until !== undefined) await this.keepLonger(key, until);
      return 'exists-same';
    }
    throw new ArchiveError('archive-unavailable', 'The store says that an object is there, and does not give it.');
  }

  get(key: string): Promise<Buffer | null> {
    return this.#objects.read(this.#keyOf(key));
  }

  async readRange(key: string, range: { start: number; bytes: number }): Promise<Buffer | null> {
    const place = this.#keyOf(key);
    if (range.bytes > 0) return this.#objects.read(place, range);
    return (await this.#objects.find(place)) === null ? null : Buffer.alloc(0);
  }

  async facts(key: string): ReturnType<TenantArchive['facts']> {
    const found = await this.#objects.find(this.#keyOf(key));
    if (found === null) return null;
    const { bytes, keepUntil } = found;
    return { bytes, keepUntil: keepUntil !== undefined && keepUntil > this.#clock.now() ? keepUntil : null };
  }

  async keepLonger(key: string, until: Date): Promise<boolean> {
    const place = this.#keyOf(key);
    const found = await this.#objects.find(place);
    if (found === null) return false;
    const wanted = upToSecond(until);
    if ((found.keepUntil ?? new Date(0)) < wanted) await this.#objects.hold(place, wanted);
    return true;
  }

  async heldUntil(key: string): Promise<Date | null> {
    const keepUntil = (await this.#objects.find(this.#keyOf(key)))?.keepUntil;
    return keepUntil !== undefined && keepUntil > this.#clock.hostNow() ? keepUntil : null;
  }

  /** By its versions, the oldest last: what a version is held back from leaves those below it as they are. */
  async removeKept(key: string): Promise<RemoveOutcome> {
    const place = this.#keyOf(checkDisposable(key));
    // The one that is held would otherwise come to light when what lies above it had gone.
    if ((await this.heldUntil(key)) !== null) return 'held';
    const versions = await this.#objects.versions(place);
    for (const version of versions) if (!(await this.#objects.remove(place, version))) return 'held';
    return versions.length === 0 ? 'absent' : 'removed';
  }

  async removeReplaced(key: string, replacement: string): Promise<RemoveOutcome> {
    checkReplaced(key, replacement);
    if ((await this.facts(replacement)) === null) throw notReplaced();
    return this.removeKept(key);
  }

  async *list(prefix: string, { after }: { after?: string } = {}): ReturnType<TenantArchive['list']> {
    const behind = after === undefined ? undefined : `${this.#prefix}${after}`;
    for await (const { key, bytes } of this.#objects.list(`${this.#prefix}${checkPrefix(prefix)}`, behind)) {
      yield { key: key.slice(this.#prefix.length), bytes };
    }
  }

  async removePartialTile(key: string, supersededBy: string): Promise<void> {
    checkSuperseded(key, supersededBy);
    const [partial, wider] = await Promise.all([
      this.#objects.find(this.#keyOf(key)),
      this.#objects.find(this.#keyOf(supersededBy)),
    ]);
    if (wider === null) throw new ArchiveError('not-superseded', 'A partial tile stays until a wider one is there.');
    // One that the bucket holds back (a default retention covers every object) stays: it harms nobody.
    if (partial !== null) await this.#objects.remove(this.#keyOf(key), partial.versionId);
  }

  #keyOf(key: string): string {
    return `${this.#prefix}${checkKey(key)}`;
  }
}
