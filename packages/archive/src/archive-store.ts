/** What a put found: `exists-other` means that other bytes stand under this key and were left as they are. */
export type PutOutcome = 'created' | 'exists-same' | 'exists-other';

export interface PutOptions {
  /**
   * The object must stay until then. An S3 bucket enforces it (Object Lock in COMPLIANCE mode); a local directory only
   * notes it. An object that was there already is held to the later of both times.
   */
  readonly keepUntil?: Date;
}

export interface ArchiveObject {
  readonly key: string;
  readonly bytes: number;
}

export interface ObjectFacts {
  readonly bytes: number;
  /** Until when the store holds the object, in whole seconds; null when nothing holds it (any more). */
  readonly keepUntil: Date | null;
}

/** `absent`: nothing stands under the key (any more). `held`: the store still holds it, and all of it stays. */
export type RemoveOutcome = 'removed' | 'absent' | 'held';

/**
 * One tenant's evidence, keys as in `blocks/2026/11/22/000000000017.akb` or `log/tile/0/000`. Objects are written
 * once: there is no call that changes or removes one, apart from the two that C2SP tlog-tiles asks for (the pointer
 * `log/checkpoint`, and partial tiles that a wider one has superseded), and the one for what is past its time.
 */
export interface TenantArchive {
  /** The object is durable under its key when this resolves, also when it was there before. */
  putOnce(key: string, bytes: Buffer, options?: PutOptions): Promise<PutOutcome>;
  /**
   * The same for an object that is made while it is written. What stands under the key already is not compared: whoever made
   * it was first. When the chunks throw, nothing stays. A bucket's objects are held in memory once.
   */
  putStreamOnce(key: string, chunks: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<'created' | 'exists'>;
  /** The whole object, or null. */
  get(key: string): Promise<Buffer | null>;
  /** At most `bytes` bytes from byte `start` on: fewer, or none, where the object ends before; null without an object. */
  readRange(key: string, range: { start: number; bytes: number }): Promise<Buffer | null>;
  /** Size and retention, or null without an object. */
  facts(key: string): Promise<ObjectFacts | null>;
  /** Holds an object until a later time; never shortens. Answers false without an object. */
  keepLonger(key: string, until: Date): Promise<boolean>;
  /**
   * Until when the store would refuse to remove an object; null when it would not, or without an object. A bucket goes by the
   * store's own clock, which nobody moves; a directory by the installation's.
   */
  heldUntil(key: string): Promise<Date | null>;
  /**
   * Removes a block or a report object whose time is over, and nothing of it stays: no version, no deletion marker. Whoever
   * calls it has sealed the statement that says so. Durable when it resolves. Throws `invalid-key` for any other object.
   */
  removeKept(key: string): Promise<RemoveOutcome>;
  /**
   * Removes a block's object, or an earlier replacement of it, whose place a replacement has taken: at once from a directory, as
   * soon as the lock ends from a bucket. Nothing of it stays, as with `removeKept`. Throws `invalid-key` for what is not an
   * earlier object of the same block, and `not-replaced` when the replacement is not there.
   */
  removeReplaced(key: string, replacement: string): Promise<RemoveOutcome>;
  /** Replaces `log/checkpoint` atomically and durably. */
  replaceCheckpoint(bytes: Buffer): Promise<void>;
  /** Every object whose key begins with `prefix` and comes after the key `after`, in key order, read page by page. */
  list(prefix: string, options?: { after?: string }): AsyncIterable<ArchiveObject>;
  /**
   * Removes the partial tile `<tile>.p/<width>`, or nothing when it is gone. Throws `not-superseded` unless the full
   * tile, or the partial one of the given greater width, is there.
   */
  removePartialTile(key: string, supersededBy: string): Promise<void>;
}

/** The installation's time, by which evidence is kept, and the machine's own, by which files and stores go. */
export interface ArchiveClock {
  readonly now: () => Date;
  readonly hostNow: () => Date;
}

export interface Archive {
  forTenant(tenantId: string): TenantArchive;
  /** Where `akashi-verify` finds a tenant's evidence: a folder's path, or an s3:// URL. */
  placeOf(tenantId: string): string;
  /** The folder that everything lies in; undefined where it is not on a disk of this machine. */
  readonly folder: string | undefined;
  /** Rejects with an ArchiveError that says in a sentence what is wrong when evidence cannot be written: for readiness. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** The crashpoints of the store, for drills. */
export type ArchiveStep = 'archive-before-write' | 'archive-after-write' | 'archive-after-link' | 'archive-after-sync';

export type ArchiveErrorCode =
  | 'invalid-key'
  | 'invalid-id'
  | 'not-a-checkpoint'
  | 'not-superseded'
  | 'not-replaced'
  | 'unsupported-url'
  /** The store does not answer, or not in time: the call can be made again. */
  | 'archive-unavailable'
  /** The credentials are unknown to the store, or may not do what the archive needs. */
  | 'archive-permission-missing'
  | 'archive-bucket-missing'
  | 'archive-object-lock-missing'
  /** The store's clock and this machine's are too far apart. */
  | 'archive-clock-skew'
  | 'archive-refused';

/** A fault of the caller, the configuration or the store; the message is a sentence. Local file errors come through as they are. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;

  constructor(code: ArchiveErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ArchiveError';
    this.code = code;
  }
}
