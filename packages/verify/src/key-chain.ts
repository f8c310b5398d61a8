/**
 * Which key has to sign a tree of which size. A `signing-key` statement at entry n is signed by the key that it retires, with
 * every tree up to n + 1 entries; larger trees are signed by the key that it names. The chain is read from entries that
 * nobody has proven yet: it is as good as the checkpoints that are then held against it, each handover among them.
 */
import {
  decodeEntries,
  decodeLogEntry,
  entriesPath,
  parseCheckpoint,
  readGrownEdition,
  readKeyChange,
  signingKeyKind,
  tileWidth,
  verifyCheckpoint,
  type VerifiedCheckpoint,
} from '@akashi/integrity';
import { Findings } from './findings.ts';
import { UnreadableError } from './object-source.ts';
import { readObject } from './read-object.ts';
import { logFilesOf, type Store } from './object-store.ts';

export interface SigningKeyChange {
  entry: number;
  createdUs: number;
  old: string;
  new: string;
}

export type ChainedCheckpoint = VerifiedCheckpoint | { ok: false; code: 'retired-key' | 'handover-unsigned' };

/** No log becomes longer. */
const mostEntries = 2 ** 31;
/** Behind so many bundles that are not there, nothing is looked for. */
const missingBundles = 16;
const statementLead = Buffer.from('akashi statement v', 'latin1');

export class KeyChain {
  readonly #store: Store;
  readonly #pinned: string;
  readonly #tenantId: string;
  #scanned = 0;
  readonly #changes: SigningKeyChange[] = [];

  constructor(store: Store, { verifierKey, tenantId }: { verifierKey: string; tenantId: string }) {
    this.#store = store;
    this.#pinned = verifierKey;
    this.#tenantId = tenantId;
  }

  /** The changes that lead from one key to the next, oldest first; none when the pinned key has no part in them. */
  get changes(): readonly SigningKeyChange[] {
    const [first] = this.#changes;
    const chained: SigningKeyChange[] = [];
    let current = first?.old;
    for (const change of this.#changes) {
      if (change.old !== current) continue;
      chained.push(change);
      current = change.new;
    }
    const isPart = first?.old === this.#pinned || chained.some((change) => change.new === this.#pinned);
    return isPart ? chained : [];
  }

  /** Every key of the log so far, oldest first. */
  get keys(): readonly string[] {
    const { changes } = this;
    return changes[0] === undefined ? [this.#pinned] : [changes[0].old, ...changes.map((change) => change.new)];
  }

  /** Verifies a checkpoint with the key that has to sign a tree of its size. */
  async verify(note: string | Uint8Array): Promise<ChainedCheckpoint> {
    const parsed = parseCheckpoint(note);
    if (!parsed.ok) return parsed;
    const { size } = parsed.checkpoint;
    await this.#scanTo(size);
    const { keys, changes } = this;
    const expected = changes.filter(({ entry }) => size > entry + 1).length;
    const verified = verifyCheckpoint(note, keys[expected] ?? this.#pinned);
    if (verified.ok || verified.code !== 'unknown-key') return verified;
    const signer = keys.findIndex((key) => verifyCheckpoint(note, key).ok);
    if (signer !== -1 && signer < expected) return { ok: false, code: 'retired-key' };
    const isHandover = signer > expected && changes[expected]?.entry === size - 1;
    return isHandover ? { ok: false, code: 'handover-unsigned' } : verified;
  }

  /** Whether the pinned key, or one that it leads to, signs trees of that size: an earlier one has no word in it. */
  isVouchedFor(size: number): boolean {
    const { keys, changes } = this;
    return changes.filter(({ entry }) => size > entry + 1).length >= keys.indexOf(this.#pinned);
  }

  async #scanTo(size: number): Promise<void> {
    const end = Math.min(size, mostEntries);
    let missing = 0;
    while (this.#scanned < end && missing < missingBundles) {
      const tile = Math.floor(this.#scanned / tileWidth);
      const wanted = Math.min(tileWidth, end - tile * tileWidth);
      const entries = await this.#readBundle(tile, wanted);
      missing = entries === null ? missing + 1 : 0;
      for (let at = this.#scanned % tileWidth; at < wanted; at++) this.#see(tile * tileWidth + at, entries?.[at]);
      this.#scanned = tile * tileWidth + wanted;
    }
    this.#scanned = Math.max(this.#scanned, end);
  }

  #see(index: number, entry: Buffer | undefined): void {
    if (entry === undefined || !entry.subarray(0, statementLead.length).equals(statementLead)) return;
    const decoded = decodeLogEntry(entry);
    if (!decoded.ok || decoded.kind !== 'statement') return;
    const { statement } = decoded;
    const change = statement.kind === signingKeyKind ? readKeyChange(statement) : null;
    if (change === null || statement.entry !== index || statement.tenantId !== this.#tenantId) return;
    this.#changes.push({ entry: index, createdUs: statement.createdUs, old: change.old, new: change.new });
  }

  /** The entries of a bundle of at least that width; what is wrong with it is told where the log is checked. */
  async #readBundle(tile: number, width: number): Promise<Buffer[] | null> {
    const silent = { store: this.#store, findings: new Findings() };
    const full = `log/${entriesPath(tile, tileWidth)}`;
    const partial = `log/${entriesPath(tile, width)}`;
    const wider = (await this.#store.names(`${full}.p`)).map(Number).filter((each) => each > width);
    const candidates = [partial, full, ...wider.map((each) => `log/${entriesPath(tile, each)}`)];
    for (const object of new Set(candidates)) {
      const bytes = await readObject(silent, object);
      const entries = typeof bytes === 'string' ? null : decodeEntries(Buffer.from(bytes));
      if (entries !== null && entries.length >= width) return entries;
    }
    const name = { level: 'entries', index: tile, width } as const;
    const unreadable = (error: unknown): null => {
      if (error instanceof UnreadableError) return null;
      throw error;
    };
    const grown = await readGrownEdition(logFilesOf(this.#store), name, tile * tileWidth + width).catch(unreadable);
    const entries = grown === null ? null : decodeEntries(grown.bytes);
    return entries !== null && entries.length >= width ? entries : null;
  }
}
