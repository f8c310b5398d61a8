import { randomUUID } from 'node:crypto';
import { GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { ArchiveError, type ArchiveClock } from '../archive-store.ts';
import { upToSecond } from '../up-to-second.ts';
import type { S3Connection } from './s3-connection.ts';
import { objectLockMissing, s3Fault } from './s3-fault.ts';
import type { S3Objects } from './s3-objects.ts';

/** A readiness check may come every second, and every write costs. */
const goodForMs = 60_000;
const badForMs = 3_000;
/** The object that proves that locks can be set is held for as long, by the store's clock, and removed by a later probe. */
const heldForMs = 3_000;
/** Retention is counted by the writer's clock and enforced by the store's. */
const largestSkewMs = 5 * 60_000;

export interface S3ProbeSettings {
  readonly connection: S3Connection;
  readonly objects: S3Objects;
  readonly clock: ArchiveClock;
}

interface Answer {
  readonly atMs: number;
  readonly fault: unknown;
}

/** Says whether evidence can be written, kept and read: by doing it, with a small object of its own. */
export class S3Probe {
  readonly #settings: S3ProbeSettings;
  readonly #folder: string;
  #running: Promise<Answer> | undefined;
  #last: Answer | undefined;

  constructor(settings: S3ProbeSettings) {
    this.#settings = settings;
    this.#folder = `${settings.connection.place.prefix}.probe/`;
  }

  /** Rejects with an ArchiveError whose message says what is wrong; the answer of a moment ago is given again. */
  async run(): Promise<void> {
    const { fault } = await this.#answer();
    if (fault !== undefined) throw fault;
  }

  async #answer(): Promise<Answer> {
    const nowMs = this.#settings.clock.hostNow().getTime();
    const last = this.#last;
    const goodFor = last?.fault === undefined ? goodForMs : badForMs;
    if (last !== undefined && Math.abs(nowMs - last.atMs) < goodFor) return last;
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #look(): Promise<Answer> {
    let fault: unknown;
    try {
      await this.#checkLock();
      this.#checkClock();
      await this.#tryWriting();
    } catch (cause) {
      fault = cause;
    }
    this.#last = { atMs: this.#settings.clock.hostNow().getTime(), fault };
    return this.#last;
  }

  async #checkLock(): Promise<void> {
    const { client, place } = this.#settings.connection;
    try {
      const found = await client.send(new GetObjectLockConfigurationCommand({ Bucket: place.bucket }));
      if (found.ObjectLockConfiguration?.ObjectLockEnabled !== 'Enabled') throw objectLockMissing(place);
    } catch (error) {
      const action = { does: 'see whether Object Lock is on', needs: 's3:GetBucketObjectLockConfiguration' };
      throw s3Fault(error, action, place);
    }
  }

  async #tryWriting(): Promise<void> {
    const { connection, objects, clock } = this.#settings;
    await this.#sweep();
    const key = `${this.#folder}${randomUUID()}`;
    const keepUntil = upToSecond(new Date((connection.storeTime() ?? clock.hostNow()).getTime() + heldForMs));
    const body = Buffer.from('probe');
    await objects.write({ key, body, keepUntil, onlyIfAbsent: true });
    const read = await objects.read(key);
    if (read === null || !read.equals(body)) {
      throw new ArchiveError('archive-refused', 'The store does not give back what was written to it a moment ago.');
    }
  }

  /** Removes what earlier probes left, as far as its time is up. */
  async #sweep(): Promise<void> {
    const { objects } = this.#settings;
    for await (const { key } of objects.list(this.#folder)) {
      const found = await objects.find(key);
      if (found !== null) await objects.remove(key, found.versionId);
    }
  }

  /** The store's clock may be moved with the installation's for a drill, or stay this machine's. */
  #checkClock(): void {
    const { connection, clock } = this.#settings;
    const storeTime = connection.storeTime();
    if (storeTime === undefined) return;
    const apart = [clock.hostNow(), clock.now()].map((here) => Math.abs(storeTime.getTime() - here.getTime()));
    const apartMs = Math.min(...apart);
    if (apartMs <= largestSkewMs) return;
    const minutes = Math.round(apartMs / 60_000);
    const sentence = `The clocks of this machine and of the store of the bucket ${connection.place.bucket} are ${minutes} minutes apart. Synchronize this machine's clock.`;
    throw new ArchiveError('archive-clock-skew', sentence);
  }
}
