/** What a put found: `exists-other` means that other bytes stand under this key and were left as they are. */
export type PutOutcome = 'created' | 'exists-same' | 'exists-other';

export interface ArchiveObject {
  key: string;
  bytes: number;
}

/**
 * One tenant's evidence, keys as in `blocks/2026/11/22/000000000017.akb` or `log/tile/0/000`. Objects are written
 * once: there is no call that changes or removes one, apart from the two that C2SP tlog-tiles asks for (the pointer
 * `log/checkpoint`, and partial tiles whose full tile exists).
 */
export interface TenantArchive {
  /** The object is durable under its key when this resolves, also when it was there before. */
  putOnce(key: string, bytes: Buffer): Promise<PutOutcome>;
  /** The whole object, or null. */
  get(key: string): Promise<Buffer | null>;
  /** The first `bytes` of the object (all of it when it is shorter), or null. */
  head(key: string, bytes: number): Promise<Buffer | null>;
  /** Replaces `log/checkpoint` atomically and durably. */
  replaceCheckpoint(bytes: Buffer): Promise<void>;
  /** Every object whose key begins with `prefix`, in key order. */
  list(prefix: string): AsyncIterable<ArchiveObject>;
  /** Removes `<key>.p/*` of a full tile; refuses (throws `not-a-full-tile`) unless the full tile is there. */
  removePartialTiles(tileKey: string): Promise<void>;
}

export interface Archive {
  forTenant(tenantId: string): TenantArchive;
  /** Throws when the store cannot be written to: for a readiness check. */
  probe(): Promise<void>;
}

/** `archived-before-write` and so on: the crashpoints of the store, for drills. */
export type ArchiveStep = 'archive-before-write' | 'archive-after-write' | 'archive-after-link' | 'archive-after-sync';

export type ArchiveErrorCode = 'invalid-key' | 'invalid-id' | 'not-a-full-tile' | 'unsupported-url';

/** A fault of the caller or the configuration; operating system errors come through as they are. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;

  constructor(code: ArchiveErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ArchiveError';
    this.code = code;
  }
}

const segmentForm = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Keys are relative, use `/`, and no part can lead out of the tenant. */
export function checkKey(key: string): string {
  if (key.length > 512 || !key.split('/').every((part) => segmentForm.test(part))) {
    throw new ArchiveError('invalid-key', 'an archive key is made of plain parts joined by "/"');
  }
  return key;
}

/** The full tiles and entry bundles of C2SP tlog-tiles, below `log/`. */
const fullTileForm = /^log\/tile\/(entries|\d{1,2})\/(x\d{3}\/)*\d{3}$/;

export function checkFullTileKey(key: string): string {
  if (!fullTileForm.test(key)) throw new ArchiveError('not-a-full-tile', 'only partial tiles can be removed');
  return key;
}
