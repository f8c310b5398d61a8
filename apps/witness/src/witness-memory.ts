/** What a witness must never forget: for each log the checkpoint that it cosigned last; and what it refused, as evidence. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory, replaceFile } from '@akashi/durable-files';

/** Refused requests kept of one log. A log that goes on lying adds nothing to the first thousand proofs of it. */
const mostRefusals = 1000;

export class WitnessMemory {
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  /** The checkpoint that was cosigned last; null when none ever was. Whatever else keeps it from being read is a fault. */
  async lastCosigned(origin: string): Promise<string | null> {
    try {
      return await readFile(join(this.#folderOf(origin), 'checkpoint'), 'utf8');
    } catch (cause) {
      if (hasErrorCode(cause, 'ENOENT')) return null;
      throw cause;
    }
  }

  /** Durable when it returns; a crash leaves the earlier one or this one, whole. */
  async remember(origin: string, note: string): Promise<void> {
    await makeDirectory(this.#folderOf(origin));
    await replaceFile(join(this.#folderOf(origin), 'checkpoint'), note);
  }

  /** Keeps a request that the log signed and that cannot be of the log that was cosigned: two histories, in its own hand. */
  async keepRefused(origin: string, body: string): Promise<void> {
    const folder = join(this.#folderOf(origin), 'refused');
    await makeDirectory(folder);
    if ((await readdir(folder)).length >= mostRefusals) return;
    await createFile(join(folder, `${createHash('sha256').update(body).digest('hex')}.txt`), body);
  }

  #folderOf(origin: string): string {
    return join(this.#home, 'logs', createHash('sha256').update(origin).digest('hex'));
  }
}
