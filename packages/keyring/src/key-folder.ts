import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import { readKeyFile, type KeyPurpose } from './key-file.ts';
import type { KeyVault } from './key-vault.ts';
import { KeyringError } from './keyring-error.ts';

/** Stands beside the keys of a tenant from the moment on when those of its content are destroyed. */
export const shreddedName = 'content-keys-destroyed';

const keyFileName = /^([a-z0-9-]+)\.key$/;
const nextFileName = /^([a-z0-9-]+)\.next$/;

export interface KeyFolderPlace {
  /** The tenant's keys. */
  readonly directory: string;
  readonly tenantId: string;
  readonly vault: KeyVault;
}

/** The keys of one purpose of one tenant: `<key id>.key`, and `<key id>.next` for one that is made and not in use yet. */
export class KeyFolder {
  readonly purpose: KeyPurpose;
  readonly #place: KeyFolderPlace;
  readonly #path: string;
  readonly #cache = new Map<string, Buffer>();

  constructor(place: KeyFolderPlace, purpose: KeyPurpose) {
    this.purpose = purpose;
    this.#place = place;
    this.#path = join(place.directory, purpose);
  }

  /** Ids of the keys in use, oldest first; none when there is no folder. Looked up each time: another process may add one. */
  ids(): string[] {
    return this.#names(keyFileName);
  }

  /** The newest key in use. Throws `tenant-keys-missing` or `key-missing`. */
  newest(): string {
    const id = this.ids().at(-1);
    if (id !== undefined) return id;
    const { tenantId } = this.#place;
    const code = this.#exists() ? 'key-missing' : 'tenant-keys-missing';
    throw new KeyringError(code, `tenant ${tenantId} has no ${this.purpose} key`);
  }

  /** The secret of a key; throws `key-missing` or `key-unreadable`. */
  load(id: string): Buffer {
    const cached = this.#cache.get(id);
    // A key that another process destroyed is not to live on in this one's memory.
    if (cached !== undefined && existsSync(this.#pathOf(id, 'key'))) return cached;
    this.#cache.delete(id);
    const secret = this.#read(id, 'key');
    this.#cache.set(id, secret);
    return secret;
  }

  /** The key that is made and not in use yet; undefined when there is none. */
  next(): string | undefined {
    return this.#names(nextFileName).at(-1);
  }

  /** Every key that is made and not in use yet. */
  prepared(): string[] {
    return this.#names(nextFileName);
  }

  loadNext(id: string): Buffer {
    return this.#read(id, 'next');
  }

  /** Puts a new key in use at once. */
  async add(secret: Uint8Array): Promise<string> {
    const id = this.#newId();
    await this.#write(`${id}.key`, id, secret);
    return id;
  }

  /** Makes the key that is to come, unless a crash left one: that one is taken up. */
  async prepare(newSecret: () => Uint8Array): Promise<string> {
    const left = this.next();
    if (left !== undefined) return left;
    const id = this.#newId();
    await this.#write(`${id}.next`, id, newSecret());
    return id;
  }

  /** Puts the prepared key in use; doing it again is no error. */
  async promote(id: string): Promise<void> {
    try {
      await rename(this.#pathOf(id, 'next'), this.#pathOf(id, 'key'));
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT') || !this.ids().includes(id)) throw cause;
    }
    await syncDirectory(this.#path);
  }

  /** Destroys a key for good: its bytes are written over, then its file goes. Doing it again is no error. */
  async destroy(id: string): Promise<void> {
    this.#cache.get(id)?.fill(0);
    this.#cache.delete(id);
    for (const kind of ['key', 'next'] as const) await this.#destroyFile(this.#pathOf(id, kind));
  }

  async #destroyFile(path: string): Promise<void> {
    try {
      const handle = await open(path, 'r+');
      try {
        const { size } = await handle.stat();
        await handle.write(randomBytes(size), 0, size, 0);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await unlink(path);
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      return;
    }
    await syncDirectory(this.#path);
  }

  #names(form: RegExp): string[] {
    try {
      return readdirSync(this.#path)
        .flatMap((name) => form.exec(name)?.[1] ?? [])
        .sort();
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      return [];
    }
  }

  #exists(): boolean {
    try {
      readdirSync(this.#path);
      return true;
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      return false;
    }
  }

  #pathOf(id: string, kind: 'key' | 'next'): string {
    if (!keyFileName.test(`${id}.key`)) throw new KeyringError('key-missing', 'no key has an id of this form');
    return join(this.#path, `${id}.${kind}`);
  }

  #read(id: string, kind: 'key' | 'next'): Buffer {
    const { tenantId, vault } = this.#place;
    let text: string;
    try {
      text = readFileSync(this.#pathOf(id, kind), 'utf8');
    } catch (cause) {
      if (!hasErrorCode(cause, 'ENOENT')) throw cause;
      throw new KeyringError('key-missing', `tenant ${tenantId} has no ${this.purpose} key ${id}`, { cause });
    }
    return readKeyFile(vault, { purpose: this.purpose, owner: tenantId, id }, text);
  }

  /** The number in front makes the newest key the last by name; the random part makes ids unique across tenants. */
  #newId(): string {
    const newest = [...this.ids(), ...this.#names(nextFileName)].sort().at(-1);
    const generation = Number(/-(\d{4,})-/.exec(newest ?? '')?.[1] ?? 0) + 1;
    return `${this.purpose}-${String(generation).padStart(4, '0')}-${randomBytes(4).toString('hex')}`;
  }

  async #write(name: string, id: string, secret: Uint8Array): Promise<void> {
    await makeDirectory(this.#path);
    const { tenantId, vault } = this.#place;
    await createFile(join(this.#path, name), vault.seal({ purpose: this.purpose, owner: tenantId, id }, secret));
  }
}
